/** How keys are written: the forms that KMS knows, and what a form tells without asking KMS. */

/** Kinesis' name for the key that AWS manages for it in each account. It cannot be repointed. */
export const KINESIS_AWS_ALIAS = 'alias/aws/kinesis';

/** Where bare key ids and alias names are looked up: the stream's own partition, region and account. */
export interface ArnScope {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** Reads the home from a stream's ARN. */
export function arnScope(streamArn: string): ArnScope {
  const [, partition = '', , region = '', accountId = ''] = streamArn.split(':');
  return { partition, region, accountId };
}

/** A key as someone wrote it. `region` is null where the form does not tell. */
export interface KeyForm {
  readonly form: 'arn' | 'id' | 'alias' | 'alias-arn';
  readonly region: string | null;
  /** The alias without its ARN, `alias/…`; null for the other forms. */
  readonly alias: string | null;
}

const ARN = /^arn:aws[a-z-]*:kms:([a-z0-9-]+):\d{12}:(?:key\/[A-Za-z0-9-]+|(alias\/[A-Za-z0-9/_-]+))$/;
const ID = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f-]{32,36})$/i;
const ALIAS = /^alias\/[A-Za-z0-9/_-]+$/;

/** Tells in which form a key is written, or null where it is none that KMS knows. Source: KMS API, `DescribeKey` KeyId. */
export function keyForm(text: string): KeyForm | null {
  const arn = ARN.exec(text);
  if (arn) return { form: arn[2] ? 'alias-arn' : 'arn', region: arn[1] ?? null, alias: arn[2] ?? null };
  if (ID.test(text)) return { form: 'id', region: null, alias: null };
  if (ALIAS.test(text)) return { form: 'alias', region: null, alias: text };
  return null;
}

/** Whether the text is an alias AWS made for a key it manages: nobody can repoint those. */
export function isAwsAlias(text: string): boolean {
  return keyForm(text)?.alias?.startsWith('alias/aws/') ?? false;
}

/** Whether the text is AWS' alias for Kinesis in this very home. */
export function isKinesisAwsAlias(text: string, { partition, region, accountId }: ArnScope): boolean {
  return text === KINESIS_AWS_ALIAS || text === `arn:${partition}:kms:${region}:${accountId}:${KINESIS_AWS_ALIAS}`;
}

/** Whether the text is an alias of the account's own, which may be repointed at any time. */
export function isCustomerAlias(text: string): boolean {
  return keyForm(text)?.alias?.startsWith('alias/aws/') === false;
}

/** The key ARN that a text stands for beyond doubt, without asking KMS: a key ARN, or an id in the stream's own account. */
export function certainArn(text: string, home: ArnScope): string | null {
  const form = keyForm(text)?.form;
  if (form === 'arn') return text;
  if (form === 'id') return `arn:${home.partition}:kms:${home.region}:${home.accountId}:key/${text.toLowerCase()}`;
  return null;
}

/** A key id or an alias name as an ARN of this home; an ARN stays as it is. */
export function arnInScope(text: string, home: ArnScope): string {
  const form = keyForm(text)?.form;
  if (form === 'alias') return `arn:${home.partition}:kms:${home.region}:${home.accountId}:${text}`;
  return certainArn(text, home) ?? text;
}
