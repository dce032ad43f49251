/** Something to be taken along: shown whole, copied by one touch. */
import { CheckOutlined, CopyOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import "./copied.css";

export function Copied({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation("design");
  const [isDone, setDone] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setDone(true);
    } catch {
      selectAll();
    }
  };
  return (
    <div className="to-copy">
      <code>{text}</code>
      <Button icon={isDone ? <CheckOutlined /> : <CopyOutlined />} onClick={() => void copy()}>
        {isDone ? t("copied") : (label ?? t("copy"))}
      </Button>
    </div>
  );
}

/** Where the page may not write to the clipboard, at least what is to be copied is marked. */
function selectAll(): void {
  const found = document.querySelector(".to-copy code");
  if (found) getSelection()?.selectAllChildren(found);
}
