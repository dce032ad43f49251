/** A picture, whole when it is opened; its name where it cannot be shown. */
import { Image } from "antd";
import { useState } from "react";

interface Props {
  src: string;
  whole?: string;
  name: string;
  width?: number | undefined;
  height?: number | undefined;
}

export function Picture({ src, whole, name, width, height }: Props) {
  const [isMissing, setMissing] = useState(false);
  if (isMissing) return <span className="tag">{name}</span>;
  const preview = whole === undefined ? true : { src: whole };
  return (
    <Image src={src} preview={preview} alt={name} width={width} height={height} onError={() => setMissing(true)} />
  );
}
