/** Evaluates expressions of workflows with GitHub's own evaluator. */

import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

/** Evaluates an expression after a step with these outputs. Returns the text that GitHub puts in its place. */
export function evaluateAfter(step: string, outputs: Readonly<Record<string, string>>, expression: string): string {
  const expr = new Parser(new Lexer(expression).lex().tokens, ['steps'], []).parse();
  const values = Object.entries(outputs).map(([key, text]) => ({ key, value: new data.StringData(text) }));
  const steps = dictionary('steps', dictionary(step, dictionary('outputs', ...values)));
  return new Evaluator(expr, new data.Dictionary(steps)).evaluate().coerceString();
}

interface Pair {
  readonly key: string;
  readonly value: data.ExpressionData;
}

function dictionary(key: string, ...pairs: Pair[]): Pair {
  return { key, value: new data.Dictionary(...pairs) };
}
