"""The second queue: complaints, refunds and promises."""

from collections.abc import Sequence
from typing import Annotated, Any

from litestar import Request, get, patch, post, put
from litestar.handlers import BaseRouteHandler
from litestar.params import JSONBody, PathParameter, QueryParameter

from miaohui.api.callers import by_of, caller_of, needs
from miaohui.api.chats import DONE, NOON, ChatId
from miaohui.api.openapi import ALWAYS, CHAT_REFUSALS, example, refusals
from miaohui.api.refusals import done
from miaohui.domain.conversation.state import Task
from miaohui.domain.directory.rights import Right
from miaohui.pipelines.desk import Done
from miaohui.pipelines.tasks import OpenTask, Promise, TaskChange, Tasks
from miaohui.pipelines.tokens import NewId

AnyRequest = Request[Any, Any, Any]
TaskId = Annotated[str, PathParameter(max_length=300, description="The id of a task in its chat.")]
Shop = Annotated[str | None, QueryParameter(max_length=256)]


EXAMPLE_TASK = OpenTask(
    *("0" * 32, "茶叶铺", "官网", Task("t1", "follow_up", NOON, due=NOON)), buyer="小*"
)


def task_routes(tasks: Tasks, new_id: NewId) -> list[BaseRouteHandler]:
    """The routes of tasks."""

    @get(
        "/v1/tasks",
        operation_id="ListTasks",
        summary="What is to be seen to, what is due first in front",
        tags=["tasks"],
        opt=needs(Right.CHATS_READ) | example([EXAMPLE_TASK]),
        responses=refusals(**ALWAYS),
    )
    async def list_tasks(request: AnyRequest, shop: Shop = None) -> Sequence[OpenTask]:
        """Open ones in chats that you may see, and all that are yours."""
        return tasks.open_tasks(caller_of(request).account, shop)

    @post(
        "/v1/chats/{chat_id:str}/tasks",
        operation_id="OpenTask",
        summary="Promise something",
        tags=["tasks"],
        opt=needs(Right.TASKS_MANAGE) | example(DONE, Promise(due=NOON, note="明天前退款")),
        responses=CHAT_REFUSALS,
    )
    async def open_task(request: AnyRequest, chat_id: ChatId, data: JSONBody[Promise]) -> Done:
        """Its owner is reminded when it is due."""
        return done(await tasks.promise(by_of(request, new_id), chat_id, data))

    @patch(
        "/v1/chats/{chat_id:str}/tasks/{task_id:str}",
        operation_id="ChangeTask",
        summary="Hand a task on, put it off, or say more of it",
        tags=["tasks"],
        opt=needs(Right.TASKS_MANAGE) | example(DONE, TaskChange(note="已退，等到账")),
        responses=CHAT_REFUSALS,
    )
    async def change_task(
        request: AnyRequest, chat_id: ChatId, task_id: TaskId, data: JSONBody[TaskChange]
    ) -> Done:
        """What is left out stays as it is."""
        return done(await tasks.change(by_of(request, new_id), chat_id, task_id, data))

    @put(
        "/v1/chats/{chat_id:str}/tasks/{task_id:str}/closure",
        operation_id="CloseTask",
        summary="It is done",
        tags=["tasks"],
        opt=needs(Right.TASKS_MANAGE) | example(DONE),
        responses=CHAT_REFUSALS,
    )
    async def close_task(request: AnyRequest, chat_id: ChatId, task_id: TaskId) -> Done:
        """It leaves the list."""
        return done(await tasks.close(by_of(request, new_id), chat_id, task_id))

    return [list_tasks, open_task, change_task, close_task]
