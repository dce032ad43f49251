/** A picture of a chat, small in the thread and whole when it is opened. */
import { useTranslation } from "react-i18next";
import { Picture as Shown } from "../../../design/Picture";

export function Picture({ chat, media, extra }: { chat: string; media: string; extra?: Record<string, string> }) {
  const { t } = useTranslation("desk");
  const address = `/v1/chats/${chat}/media/${media}`;
  const [width, height] = [Number(extra?.width) || undefined, Number(extra?.height) || undefined];
  const scale = width && height ? Math.min(1, 220 / width, 260 / height) : 1;
  return (
    <Shown
      src={`${address}?small=true`}
      whole={address}
      name={t("kind.image")}
      width={width ? width * scale : undefined}
      height={height ? height * scale : undefined}
    />
  );
}
