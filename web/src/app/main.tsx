import "../design/base.css";
import "../lib/language";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Root } from "./Root";

const place = document.getElementById("root");
if (place)
  createRoot(place).render(
    <StrictMode>
      <Root />
    </StrictMode>,
  );
