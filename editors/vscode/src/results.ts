/** Shows what commands of the server return. */

import type { Documents } from "./documents";

/** The commands of the server whose results are shown. */
export const ANSWER = "eventlint.answer";
export const EXPLAIN = "eventlint.explain";

/** Shows the result of a command of the server. Results of other commands, and empty ones, are ignored. */
export async function showResult(documents: Documents, command: string, result: unknown): Promise<void> {
  if (typeof result !== "string" || result === "") {
    return;
  }
  if (command === ANSWER) {
    await documents.open("answer.http", result);
  } else if (command === EXPLAIN) {
    await documents.openPage("manual.md", result);
  }
}
