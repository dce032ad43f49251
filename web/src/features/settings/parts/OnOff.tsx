/** A part of a document that is there, as usual to begin with, or not there at all (null). */
import { Form, Switch } from "antd";

interface OnOffProps {
  name: (string | number)[];
  label: string;
  extra: string;
  usual: object;
}

export const OnOff = ({ name, label, extra, usual }: OnOffProps) => (
  <Form.Item
    name={name}
    label={label}
    extra={extra}
    getValueProps={(value) => ({ checked: value !== null })}
    getValueFromEvent={(isOn) => (isOn ? usual : null)}
  >
    <Switch />
  </Form.Item>
);
