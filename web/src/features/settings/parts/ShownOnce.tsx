/** Something that is shown this once: to be copied now. */
import { Button, Modal } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Copied } from "../../../design/Copied";

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
