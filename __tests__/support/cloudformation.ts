/** Reads a CloudFormation template, and resolves its functions as CloudFormation does. */

import { readFileSync } from 'node:fs';
import { type CollectionTag, parse, type ScalarTag } from 'yaml';

export interface Template {
  readonly Parameters: Readonly<Record<string, { readonly Default?: string; readonly AllowedPattern?: string }>>;
  readonly Conditions: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

export interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** The short forms of functions. `!If [a, b, c]` is read as `{ 'Fn::If': [a, b, c] }`. */
const SHORT_FORMS = ['Ref', 'Condition', 'Sub', 'GetAtt', 'If', 'Equals', 'Not', 'And'].flatMap((name) => {
  const key = ['Ref', 'Condition'].includes(name) ? name : `Fn::${name}`;
  const scalar: ScalarTag = { tag: `!${name}`, resolve: (text) => ({ [key]: text }) };
  const list: CollectionTag = {
    tag: `!${name}`,
    collection: 'seq',
    resolve: (node) => ({ [key]: node.toJSON() })
  };
  return [scalar, list];
});

export function readTemplate(file: string): Template {
  return parse(readFileSync(file, 'utf8'), { customTags: SHORT_FORMS });
}

/** Replaces the functions in values of a template. Throws for a name that the template does not define. */
export class Resolver {
  readonly #template: Template;
  readonly #values: ReadonlyMap<string, string>;

  /** `values` are those of the parameters, which otherwise get their default, and of the pseudo parameters. */
  constructor(template: Template, values: Readonly<Record<string, string>>) {
    const parameters = Object.entries(template.Parameters).map(([name, { Default }]) => [name, Default] as const);
    const given = [...parameters, ...Object.entries(values)];
    this.#template = template;
    this.#values = new Map(given.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  }

  /** The resources whose condition holds, with resolved properties. */
  resources(): Readonly<Record<string, Resource>> {
    const existing = Object.entries(this.#template.Resources).filter(
      ([, { Condition: name }]) => name === undefined || this.#holds({ Condition: name })
    );
    return Object.fromEntries(
      existing.map(([name, { Type, Properties }]) => [name, { Type, Properties: this.#members(Properties) }])
    );
  }

  /** The value without functions; undefined for `AWS::NoValue`. */
  resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.resolve(one)).filter((one) => one !== undefined);
    if (!isRecord(value)) return value;
    const [[name = '', argument] = []] = Object.entries(value);
    const list = Array.isArray(argument) ? argument : [];
    switch (name) {
      case 'Ref':
        return argument === 'AWS::NoValue' ? undefined : this.#value(argument);
      case 'Fn::Sub':
        return String(argument).replaceAll(/\$\{([\w:]+)\}/g, (_, reference) => this.#value(reference));
      case 'Fn::GetAtt':
        return this.#value(String(argument).split('.')[0]);
      case 'Fn::If':
        return this.resolve(this.#holds({ Condition: list[0] }) ? list[1] : list[2]);
      default:
        return this.#members(value);
    }
  }

  #members(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, this.resolve(member)]));
  }

  /** The value of a parameter; of a resource, its name. */
  #value(name: unknown): string {
    const value =
      this.#values.get(String(name)) ?? (Object.hasOwn(this.#template.Resources, String(name)) ? name : null);
    if (typeof value !== 'string') throw new Error(`The template does not define ${name}, or the test gives no value`);
    return value;
  }

  #holds(condition: unknown): boolean {
    if (!isRecord(condition)) throw new Error(`Expected a condition: ${condition}`);
    const [[name = '', argument] = []] = Object.entries(condition);
    const list = Array.isArray(argument) ? argument : [];
    switch (name) {
      case 'Condition':
        return this.#holds(this.#template.Conditions[String(argument)]);
      case 'Fn::Equals':
        return this.resolve(list[0]) === this.resolve(list[1]);
      case 'Fn::Not':
        return !this.#holds(list[0]);
      case 'Fn::And':
        return list.every((one) => this.#holds(one));
      default:
        throw new Error(`Expected a condition: ${JSON.stringify(condition)}`);
    }
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
