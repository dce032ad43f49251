/** Something that is shown this once: to be copied now. */
import { CheckOutlined, CopyOutlined } from "@ant-design/icons";
import { Button, Modal } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

export function Copied({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation("settings");
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
    <div className="shown-once">
      <code>{text}</code>
      <Button icon={isDone ? <CheckOutlined /> : <CopyOutlined />} onClick={() => void copy()}>
        {isDone ? t("copied") : (label ?? t("copy"))}
      </Button>
    </div>
  );
}

/** Where the page may not write to the clipboard, at least what is to be copied is marked. */
function selectAll(): void {
  const found = document.querySelector(".shown-once code");
  if (found) getSelection()?.selectAllChildren(found);
}

export function ShownOnce(props: { title: string; text: string; close: () => void; children?: ReactNode }) {
  const { t } = useTranslation("settings");
  return (
    <Modal
      open
      title={props.title}
      onCancel={props.close}
      closable={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={props.close}>
          {t("keptIt")}
        </Button>
      }
    >
      {props.children}
      <Copied text={props.text} />
    </Modal>
  );
}
