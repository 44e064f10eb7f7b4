// Times npm jsonata and the WebAssembly module in Node.

import { createRequire } from "node:module";
import jsonata from "jsonata";
import { medianMicroseconds, medianMicrosecondsAtOnce } from "./clock.mjs";

/** npm jsonata; its evaluation is asynchronous. */
export async function timeReference(document, expressions) {
  const data = JSON.parse(document);
  const each = [];
  for (const text of expressions) {
    const expression = jsonata(text);
    each.push({
      parse: medianMicrosecondsAtOnce(() => jsonata(text)),
      evaluate: await medianMicroseconds(() => expression.evaluate(data)),
    });
  }
  return { document: medianMicrosecondsAtOnce(() => JSON.parse(document)), expressions: each };
}

/** The module that wasm-bindgen made for Node, on a document that was read before; `text` is the way by JSON texts in both directions. */
export function timeModule(path, document, expressions) {
  const { Document, Expression } = createRequire(import.meta.url)(path);
  const data = new Document(document);
  const each = expressions.map((text) => {
    const expression = new Expression(text);
    return {
      parse: medianMicrosecondsAtOnce(() => new Expression(text).free()),
      evaluate: medianMicrosecondsAtOnce(() => expression.hasValue(data)),
      serialised: medianMicrosecondsAtOnce(() => expression.evaluateDocument(data)),
      text: medianMicrosecondsAtOnce(() => expression.evaluate(document)),
    };
  });
  return { document: medianMicrosecondsAtOnce(() => new Document(document).free()), expressions: each };
}
