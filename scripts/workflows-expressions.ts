import { data, Evaluator, Lexer, Parser } from "@actions/expressions";
import { truthy } from "@actions/expressions/result";

/** What an expression can name: `github`, `matrix`, `needs` and so on. */
export type Contexts = { readonly [name: string]: unknown };

function evaluate(text: string, contexts: Contexts, succeeded: boolean): data.ExpressionData {
  const constant = (name: string, value: data.ExpressionData, maxArgs = 0) => ({
    name,
    minArgs: 0,
    maxArgs,
    call: () => value,
  });
  const functions = [
    constant("success", new data.BooleanData(succeeded)),
    constant("failure", new data.BooleanData(!succeeded)),
    constant("cancelled", new data.BooleanData(false)),
    constant("always", new data.BooleanData(true)),
    constant("hashFiles", new data.StringData("hash"), Number.MAX_SAFE_INTEGER),
  ];
  const tree = new Parser(new Lexer(text).lex().tokens, Object.keys(contexts), functions).parse();
  const values = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  return new Evaluator(tree, values, new Map(functions.map((f) => [f.name.toLowerCase(), f]))).evaluate();
}

/** A text with the value of each `${{ … }}` in its place. */
export function expand(text: unknown, contexts: Contexts): string {
  return String(text).replaceAll(/\$\{\{([\s\S]*?)\}\}/g, (_, inner: string) =>
    evaluate(inner, contexts, true).coerceString(),
  );
}

/** Whether a step or a job is to run: `if` means "and all before it succeeded", unless it asks for that itself. */
export function isMet(text: unknown, contexts: Contexts, succeeded: boolean): boolean {
  const inner = String(text ?? "true").replace(/^\s*\$\{\{([\s\S]*)\}\}\s*$/, "$1");
  const asks = /\b(success|failure|cancelled|always)\(/.test(inner);
  return truthy(evaluate(asks ? inner : `success() && (${inner})`, contexts, succeeded));
}
