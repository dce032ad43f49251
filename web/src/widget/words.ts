/** The few words of the button. */
export interface Words {
  open: string;
  close: string;
  unread: (count: number) => string;
  frame: (name: string) => string;
}

const ZH: Words = {
  open: "联系客服",
  close: "收起聊天",
  unread: (count) => `联系客服，${count} 条未读`,
  frame: (name) => `${name}客服`,
};

const EN: Words = {
  open: "Chat with us",
  close: "Close the chat",
  unread: (count) => `Chat with us, ${count} unread`,
  frame: (name) => `Chat with ${name}`,
};

export function wordsIn(language: string): Words {
  return language.toLowerCase().startsWith("zh") ? ZH : EN;
}
