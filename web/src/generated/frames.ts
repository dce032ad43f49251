// Written by `make generated` from what the house says of itself; never by hand.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Actor
         * @enum {unknown}
         */
        Actor: "agent" | "bot" | "buyer" | "system";
        /** AgentLoad */
        AgentLoad: {
            account: string;
            capacity: number;
            chats: number;
            presence: components["schemas"]["Presence"];
            seconds_per_reply: number;
            /** @default null */
            urgent?: components["schemas"]["Waits"] | null;
            waiting: number;
            /** @default null */
            waiting_since?: string | null;
        };
        /** AlarmNews */
        AlarmNews: {
            /** @default null */
            all?: components["schemas"]["AlarmTold"][] | null;
            /** @default [] */
            changed?: components["schemas"]["AlarmTold"][];
            /** @default [] */
            cleared?: string[];
            /** @default [] */
            rung?: components["schemas"]["AlarmTold"][];
            /** @default false */
            sound?: boolean;
        };
        /** AlarmTold */
        AlarmTold: {
            /** Format: date-time */
            at: string;
            /** @default [] */
            chats?: string[];
            id: string;
            key: string;
            kind: components["schemas"]["Kind"] | null;
            level: components["schemas"]["Level"];
            /** @default null */
            line?: string | null;
            said: {
                [key: string]: string;
            };
            shop: string;
            /** @default null */
            taken_by?: string | null;
            urgency: components["schemas"]["Urgency"];
        };
        /** Answered */
        Answered: {
            /** @default [] */
            problems?: components["schemas"]["Told"][];
            ref: number;
            /** @default 0 */
            seq?: number;
        };
        /** Balance */
        Balance: {
            chats: {
                [key: string]: number;
            };
            gini: number;
            max_over_min: number | null;
            start: string;
        };
        /** Card */
        Card: {
            /** @default null */
            at?: string | null;
            /** @default false */
            human_wanted?: boolean;
            /**
             * @default {
             *       "account": null,
             *       "closed": false,
             *       "given_at": null,
             *       "group": null,
             *       "handed_on_at": null,
             *       "snoozed_until": null,
             *       "tags": [],
             *       "tasks": []
             *     }
             */
            life?: components["schemas"]["Life"];
            /** @default [] */
            marks?: string[];
            /** @default null */
            opened_at?: string | null;
            /** @default null */
            rating?: string | null;
            /** @default null */
            said?: components["schemas"]["Said"] | null;
            /** @default 0 */
            seq?: number;
            /** @default null */
            spam?: string | null;
            /** @default 0 */
            waiting?: number;
            /** @default null */
            waiting_since?: string | null;
        };
        /** Clock */
        Clock: {
            deadline: string;
            metric: string;
            start: string;
        };
        /** Figure */
        Figure: {
            best: number | null;
            denominator: number;
            excluded: {
                [key: string]: number;
            };
            numerator: number;
            pending: number;
            unanswered?: number;
            value: number | null;
            value_bot_only_as_misses?: number | null;
            worst: number | null;
        };
        /** Frame */
        Frame: {
            /** @default null */
            alarms?: components["schemas"]["AlarmNews"] | null;
            /** @default [] */
            chats?: components["schemas"]["Shown"][];
            /** @default false */
            closing?: boolean;
            /** @default [] */
            erased?: string[];
            /** @default null */
            event?: components["schemas"]["Spoken"] | null;
            /** @default null */
            figures?: unknown | null;
            /** @default null */
            gone?: string | null;
            /** @default [] */
            people?: components["schemas"]["Somebody"][];
            /** @default null */
            reading?: components["schemas"]["Reading"] | null;
            /** @default null */
            ready?: components["schemas"]["Ready"] | null;
            /** @default false */
            resync?: boolean;
            /** @default null */
            seen?: components["schemas"]["Seen"] | null;
            /** @default null */
            sent?: components["schemas"]["Sent"] | null;
            /** @default null */
            typing?: components["schemas"]["Typing"] | null;
        };
        /** FromPage */
        FromPage: {
            /** @default null */
            beat?: components["schemas"]["Health"] | null;
            /** @default null */
            reading?: string | null;
            /** @default null */
            say?: components["schemas"]["Speech"] | null;
            /** @default null */
            start?: components["schemas"]["Start"] | null;
            /** @default null */
            typing?: string | null;
        };
        /** Health */
        Health: {
            /** @default true */
            may_notify?: boolean;
            /** @default false */
            muted?: boolean;
        };
        /**
         * Kind
         * @enum {unknown}
         */
        Kind: "all_offline" | "channel_failing" | "channel_silent" | "misses_left" | "muted" | "nobody_on_duty" | "waiting";
        /**
         * Level
         * @enum {unknown}
         */
        Level: "agent" | "lead" | "owner";
        /** Life */
        Life: {
            /** @default null */
            account?: string | null;
            /** @default false */
            closed?: boolean;
            /** @default null */
            given_at?: string | null;
            /** @default null */
            group?: string | null;
            /** @default null */
            handed_on_at?: string | null;
            /** @default null */
            snoozed_until?: string | null;
            /** @default [] */
            tags?: string[];
            /** @default [] */
            tasks?: components["schemas"]["Task"][];
        };
        /** Margin */
        Margin: {
            /** @default null */
            answers_wanted?: number | null;
            /** @default null */
            holds?: boolean | null;
            line: string;
            metric: string;
            /** @default null */
            misses_left?: number | null;
            /** @enum {unknown} */
            op: "<" | "<=" | ">" | ">=";
            value: number;
        };
        /** MyDay */
        MyDay: {
            at: string;
            mine: {
                [key: string]: {
                    [key: string]: components["schemas"]["Figure"];
                };
            };
            shop: string;
        };
        /**
         * Origin
         * @enum {unknown}
         */
        Origin: "assisted" | "auto" | "batch" | "bot" | "human" | "system";
        /** Payload */
        Payload: {
            /** @default null */
            about?: string | null;
            /** @default null */
            brief?: string | null;
            /** @default null */
            by?: string | null;
            /** @default {} */
            extra?: {
                [key: string]: string;
            };
            /** @default null */
            group?: string | null;
            /** @default null */
            mark?: string | null;
            /** @default null */
            media?: string | null;
            /** @default null */
            order?: string | null;
            /** @default null */
            purpose?: string | null;
            /** @default null */
            rating?: string | null;
            /** @default null */
            tag?: string | null;
            /** @default null */
            text?: string | null;
            /** @default null */
            until?: string | null;
        };
        /**
         * Presence
         * @enum {unknown}
         */
        Presence: "away" | "busy" | "off_shift" | "online";
        /** Reading */
        Reading: {
            accounts: string[];
            chat: string;
        };
        /** Ready */
        Ready: {
            chats: string[];
            now: string;
            seqs: {
                [key: string]: number;
            };
        };
        /** Said */
        Said: {
            /** @default null */
            account?: string | null;
            actor: components["schemas"]["Actor"];
            at: string;
            kind: string;
            origin: components["schemas"]["Origin"];
            seq: number;
        };
        /** Saying */
        Saying: {
            /** @default false */
            assisted?: boolean;
            /** @default {} */
            extra?: {
                [key: string]: string;
            };
            /** @default text */
            kind?: string;
            /** @default null */
            media?: string | null;
            /** @default null */
            order?: string | null;
            /** @default null */
            text?: string | null;
        };
        /** Seen */
        Seen: {
            buyer: number;
            chat: string;
        };
        /** Sent */
        Sent: {
            /** @default 0 */
            attempts?: number;
            chat: string;
            /** @default null */
            reason?: string | null;
            seq: number;
            state: string;
        };
        /** ShopNow */
        ShopNow: {
            agents: components["schemas"]["AgentLoad"][];
            at: string;
            /** @default [] */
            balance?: components["schemas"]["Balance"][];
            figures: {
                [key: string]: {
                    [key: string]: components["schemas"]["Figure"];
                };
            };
            /** @default 0 */
            in_line?: number;
            /** @default null */
            longest?: components["schemas"]["Waits"] | null;
            /** @default 0 */
            lost?: number;
            margins: {
                [key: string]: components["schemas"]["Margin"][];
            };
            shop: string;
            /** @default null */
            urgent?: components["schemas"]["Waits"] | null;
            /** @default 0 */
            waiting?: number;
            /** @default null */
            waiting_since?: string | null;
        };
        /** Shown */
        Shown: {
            buyer: string;
            card: components["schemas"]["Card"];
            channel: string;
            /** @default [] */
            clocks?: components["schemas"]["Clock"][];
            /** @default null */
            deadline?: string | null;
            id: string;
            /** @default null */
            preview?: string | null;
            shop: string;
        };
        /** Somebody */
        Somebody: {
            account: string;
            /** @default [] */
            groups?: string[];
            name: string;
            presence: string;
        };
        /** Speech */
        Speech: {
            chat: string;
            key: string;
            ref: number;
            saying: components["schemas"]["Saying"];
        };
        /** Spoken */
        Spoken: {
            /** @default null */
            account?: string | null;
            actor: string;
            /** @default false */
            answers?: boolean;
            at: string;
            chat: string;
            /** @default null */
            deadline?: string | null;
            kind: string;
            origin: string;
            payload: components["schemas"]["Payload"];
            /** @default false */
            replayed?: boolean;
            seq: number;
            source_id: string;
        };
        /** Start */
        Start: {
            device: string;
            /** @default null */
            since?: {
                [key: string]: number;
            } | null;
        };
        /** Task */
        Task: {
            /** @default null */
            account?: string | null;
            /** @default null */
            closed_at?: string | null;
            /** @default null */
            due?: string | null;
            id: string;
            opened_at: string;
            /** @default null */
            order?: string | null;
            /** @default false */
            risk?: boolean;
            what: string;
        };
        /** Told */
        Told: {
            /** @default null */
            field?: string | null;
            key: string;
            sentence: string;
        };
        /** Typing */
        Typing: {
            /** @default null */
            account?: string | null;
            chat: string;
        };
        /**
         * Urgency
         * @enum {unknown}
         */
        Urgency: "high" | "normal";
        /** Waits */
        Waits: {
            /** @default null */
            account?: string | null;
            chat: string;
            /** @default null */
            deadline?: string | null;
            since: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
