/** A picture of a chat, small in the thread and whole when it is opened. */
import { Image } from "antd";
import { useTranslation } from "react-i18next";

export function Picture({ chat, media, extra }: { chat: string; media: string; extra?: Record<string, string> }) {
  const { t } = useTranslation("desk");
  const address = `/v1/chats/${chat}/media/${media}`;
  const [width, height] = [Number(extra?.width) || undefined, Number(extra?.height) || undefined];
  const scale = width && height ? Math.min(1, 220 / width, 260 / height) : 1;
  return (
    <Image
      src={`${address}?small=true`}
      preview={{ src: address }}
      alt={t("kind.image")}
      width={width ? width * scale : undefined}
      height={height ? height * scale : undefined}
    />
  );
}
