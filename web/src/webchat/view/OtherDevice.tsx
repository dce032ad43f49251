import { useEffect, useState } from "preact/hooks";
import type { Offer } from "../visit";
import { Sheet } from "./Sheet";
import type { Shared } from "./shared";

/** A code and a link by which another device goes on with this thread. */
export function OtherDevice({ words, visit, close }: Shared & { close: () => void }) {
  const [offer, setOffer] = useState<Offer | null>(null);
  const [said, setSaid] = useState("");
  useEffect(() => {
    visit.offer().then(setOffer, (error: Error) => setSaid(error.message));
  }, [visit]);
  const link = offer === null ? "" : location.origin + offer.path;
  const copy = () => navigator.clipboard.writeText(link).then(() => setSaid(words.copied), () => undefined);
  return (
    <Sheet title={words.otherDevice} close={close} closeText={words.cancel}>
      <p>{words.otherDeviceHint}</p>
      {offer !== null && (
        <dl>
          <dt>{words.code}</dt>
          <dd class="code">{`${offer.code.slice(0, 4)} ${offer.code.slice(4)}`}</dd>
          <dt>{words.link}</dt>
          <dd>
            <a href={link} target="_blank" rel="noopener noreferrer">
              {link}
            </a>
          </dd>
        </dl>
      )}
      <p role="status">{said}</p>
      {offer !== null && navigator.clipboard !== undefined && (
        <button type="button" class="solid" onClick={copy}>
          {words.copy}
        </button>
      )}
    </Sheet>
  );
}
