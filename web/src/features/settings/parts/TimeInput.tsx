/** A time of day, typed as people type it: 9, 930 and 9:30 are all understood. */
import { Input } from "antd";
import { useState } from "react";

/** `9`, `930`, `9：5` as `09:00`, `09:30`, `09:05`; what is no time stays as it is. */
export function timeOf(typed: string): string {
  const text = typed.trim().replace("：", ":");
  const parts = /^(\d{1,2})(?::?(\d{2})|:(\d))?$/.exec(text);
  if (!parts) return text;
  const [hour, minute] = [Number(parts[1]), Number(parts[2] ?? parts[3] ?? 0)];
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return text;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

interface Props {
  value?: string;
  onChange?: (time: string) => void;
  id?: string;
  "aria-label"?: string;
}

export function TimeInput({ value, onChange, ...more }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const leave = () => {
    if (typed !== null && timeOf(typed) !== value) onChange?.(timeOf(typed));
    setTyped(null);
  };
  return (
    <Input
      {...more}
      className="time"
      maxLength={5}
      inputMode="numeric"
      placeholder="09:00"
      autoComplete="off"
      value={typed ?? value}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={leave}
      onPressEnter={leave}
    />
  );
}
