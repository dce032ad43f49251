import type { Field, Language, Outlook, Rating } from "./frames";

/** What the page says, short and spoken, with the number and what to do. */
export interface Words {
  language: Language;
  thread: string;
  close: string;
  menu: string;
  robot: string;
  person: string;
  personLabel: string;
  you: string;
  write: string;
  send: string;
  picture: string;
  openPicture: string;
  closePicture: string;
  earlier: string;
  newest: string;
  sending: string;
  sent: string;
  read: string;
  notSent: string;
  again: string;
  takeAway: string;
  typing: string;
  noLine: (count: number) => string;
  closed: string;
  people: (count: number) => string;
  nobody: string;
  opens: (at: string) => string;
  ahead: (count: number, minutes: number | undefined) => string;
  next: (minutes: number | undefined) => string;
  withSomebody: (name: string | undefined) => string;
  goOn: string;
  came: (name: string | undefined) => string;
  ask: (name: string | undefined) => string;
  ratings: Record<Rating, string>;
  comment: string;
  needNot: string;
  submit: string;
  thanks: string;
  rate: string;
  later: string;
  leftTitle: string;
  leftHint: string;
  question: string;
  contact: string;
  contactHint: string;
  yourName: string;
  leave: string;
  left: string;
  fieldsTitle: string;
  fields: Record<Field, string>;
  otherDevice: string;
  otherDeviceHint: string;
  code: string;
  link: string;
  copy: string;
  copied: string;
  join: string;
  joinHint: string;
  joinYes: string;
  joinNo: string;
  joinCode: string;
  cancel: string;
  today: string;
  yesterday: string;
  tomorrow: string;
}

const ZH: Words = {
  language: "zh",
  thread: "对话",
  close: "收起聊天",
  menu: "更多",
  robot: "自动助手",
  person: "转人工",
  personLabel: "人工客服",
  you: "您",
  write: "说说您的问题",
  send: "发送",
  picture: "发图片",
  openPicture: "看大图",
  closePicture: "关掉大图",
  earlier: "看更早的",
  newest: "有新消息",
  sending: "发送中",
  sent: "已送达",
  read: "已读",
  notSent: "没发出去",
  again: "再发",
  takeAway: "不发了",
  typing: "正在输入…",
  noLine: (count) => (count > 0 ? `断网了，${count} 条等着发；连上就补发，不会丢。` : "断网了，正在重新连接。"),
  closed: "这个聊天窗口已经关闭。",
  people: (count) => `${count} 位客服在线`,
  nobody: "现在没有客服在线，您留的话都会看到",
  opens: (at) => `现在是下班时间，${at} 有人来`,
  ahead: (count, minutes) => `您前面还有 ${count} 位${about(minutes)}`,
  next: (minutes) => `下一位就是您${about(minutes)}`,
  withSomebody: (name) => `${name ?? "客服"}已经接待您了`,
  goOn: "可以先接着说，客服来了都看得到",
  came: (name) => `客服${name ?? ""}来了，前面的都看得到`,
  ask: (name) => (name ? `${name}这次帮到您了吗？` : "这次帮到您了吗？"),
  ratings: { "1": "很满意", "2": "一般", "3": "不满意" },
  comment: "想说点什么（可不填）",
  needNot: "不用评也没关系",
  submit: "提交",
  thanks: "谢谢您的评价",
  rate: "评价这次服务",
  later: "以后再说",
  leftTitle: "留个联系方式",
  leftHint: "客服上班后先回您",
  question: "想问什么",
  contact: "电话、微信或邮箱",
  contactHint: "只给客服看",
  yourName: "怎么称呼您（可不填）",
  leave: "留言",
  left: "收到了，有人来会先回您",
  fieldsTitle: "先留一下这些，方便查您的订单",
  fields: { name: "怎么称呼您", phone: "手机号", email: "邮箱", order: "订单号" },
  otherDevice: "在别的设备上接着聊",
  otherDeviceHint: "在另一台设备上打开这个链接，或在那边的聊天里填号码。10 分钟内有效，只能用一次。",
  code: "号码",
  link: "链接",
  copy: "复制链接",
  copied: "复制好了",
  join: "接着另一台设备上的对话？",
  joinHint: "如果不是您自己要换设备，请选「不」：别人发来的链接会让他看到您说的话。",
  joinYes: "接着聊",
  joinNo: "不",
  joinCode: "我有号码",
  cancel: "取消",
  today: "今天",
  yesterday: "昨天",
  tomorrow: "明天",
};

const EN: Words = {
  language: "en",
  thread: "Conversation",
  close: "Close the chat",
  menu: "More",
  robot: "Automatic assistant",
  person: "Talk to a person",
  personLabel: "Our team",
  you: "You",
  write: "Write to us",
  send: "Send",
  picture: "Send a picture",
  openPicture: "Open the picture",
  closePicture: "Close the picture",
  earlier: "Show earlier messages",
  newest: "New messages",
  sending: "Sending",
  sent: "Delivered",
  read: "Read",
  notSent: "Not sent",
  again: "Send again",
  takeAway: "Discard",
  typing: "is writing…",
  noLine: (count) =>
    count > 0
      ? `No connection. ${count} ${count === 1 ? "message waits" : "messages wait"} and will be sent; nothing is lost.`
      : "No connection. Trying again.",
  closed: "This chat has been closed.",
  people: (count) => `${count} online`,
  nobody: "Nobody is online right now. We will read what you leave here",
  opens: (at) => `We are closed now; somebody is here ${at}`,
  ahead: (count, minutes) => `${count} ${count === 1 ? "person is" : "people are"} before you${aboutEn(minutes)}`,
  next: (minutes) => `You are next${aboutEn(minutes)}`,
  withSomebody: (name) => `${name ?? "Somebody"} has your chat`,
  goOn: "Go on writing: whoever comes sees it all",
  came: (name) => `${name ?? "Somebody from our team"} is here and sees everything above`,
  ask: (name) => (name ? `Did ${name} help you?` : "Did we help you?"),
  ratings: { "1": "Very satisfied", "2": "So-so", "3": "Not satisfied" },
  comment: "Anything to add? (optional)",
  needNot: "You need not rate",
  submit: "Send rating",
  thanks: "Thank you for your rating",
  rate: "Rate this chat",
  later: "Not now",
  leftTitle: "Leave a way to reach you",
  leftHint: "You come first when we are back",
  question: "Your question",
  contact: "Phone or e-mail",
  contactHint: "Only our team sees it",
  yourName: "Your name (optional)",
  leave: "Leave message",
  left: "Got it. You come first when somebody is here",
  fieldsTitle: "A few details first, so that we can find your order",
  fields: { name: "Your name", phone: "Phone number", email: "E-mail", order: "Order number" },
  otherDevice: "Go on with another device",
  otherDeviceHint: "Open this link on the other device, or type the code in the chat there. Good for 10 minutes, once.",
  code: "Code",
  link: "Link",
  copy: "Copy link",
  copied: "Copied",
  join: "Go on with the chat of another device?",
  joinHint: "If it was not you who changed devices, choose No: whoever sent you this link would see what you write.",
  joinYes: "Go on",
  joinNo: "No",
  joinCode: "I have a code",
  cancel: "Cancel",
  today: "today",
  yesterday: "yesterday",
  tomorrow: "tomorrow",
};

export function wordsIn(language: Language): Words {
  return language === "en" ? EN : ZH;
}

/** What a waiting buyer is told; nothing where nobody waits or nothing is known, and nothing in the
 * middle of a conversation. */
export function standing(words: Words, outlook: Outlook, isTalking: boolean): string | null {
  if (!outlook.waiting || outlook.ahead === undefined) return null;
  if (outlook.ahead > 0) return words.ahead(outlook.ahead, outlook.minutes);
  if (!outlook.served) return words.next(outlook.minutes);
  return isTalking ? null : words.withSomebody(outlook.name);
}

function about(minutes: number | undefined): string {
  if (minutes === undefined) return "";
  return minutes === 0 ? "，不到 1 分钟" : `，大约 ${minutes} 分钟`;
}

function aboutEn(minutes: number | undefined): string {
  if (minutes === undefined) return "";
  return minutes === 0 ? ", less than a minute" : `, about ${minutes} min`;
}
