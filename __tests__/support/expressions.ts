/** Evaluates expressions of workflows with GitHub's own evaluator. */

import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

/** Evaluates an expression with these contexts, such as `steps`. Returns the text that GitHub puts in its place. */
export function evaluateExpression(expression: string, contexts: Readonly<Record<string, object>>): string {
  const expr = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), []).parse();
  const values = JSON.parse(JSON.stringify(contexts), data.reviver);
  return new Evaluator(expr, values).evaluate().coerceString();
}

/** Evaluates an expression after a step with these outputs. */
export function evaluateAfter(step: string, outputs: Readonly<Record<string, string>>, expression: string): string {
  return evaluateExpression(expression, { steps: { [step]: { outputs } } });
}
