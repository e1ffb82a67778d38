/** Where a third-party server answers otherwise than AWS. The suite asserts the difference, so that a fix is noticed. */
export interface Difference {
  readonly server: string;
  readonly case: string;
  readonly observed: unknown;
  readonly why: string;
}

export const DIFFERENCES: readonly Difference[] = [
  {
    server: 'kinesis-local',
    case: 'kinesis: a name with a blank is a ValidationException',
    observed: 'InvalidArgumentException',
    why: 'It has one error for every bad input.'
  },
  {
    server: 'kinesis-local',
    case: 'kinesis: while encryption starts the stream is UPDATING and shows the old state',
    observed: { StreamStatus: 'UPDATING', EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
    why: 'It shows the new key before the change has ended, when records are not encrypted yet.'
  },
  {
    server: 'kinesis-local',
    case: 'kinesis: the id of a multi-Region key is taken and echoed',
    observed: 'InvalidArgumentException',
    why: 'It takes ids for keys only if they are GUIDs.'
  },
  {
    server: 'kinesis-local',
    case: 'kinesis: a key that does not exist is refused',
    observed: ['accepted', 'accepted'],
    why: 'It looks no key up.'
  },
  {
    server: 'kinesis-local',
    case: 'kinesis: the list tells the status of each stream',
    observed: 'of none',
    why: 'Its list is from before there were summaries.'
  },
  {
    server: 'kinesis-local',
    case: 'kinesis: the list gives a token for the next page',
    observed: 'none',
    why: 'It pages by name only.'
  },
  {
    server: 'moto',
    case: 'kinesis: a new stream is CREATING, then ACTIVE',
    observed: ['ACTIVE', 'ACTIVE'],
    why: 'It has no phases: every change is done at once.'
  },
  {
    server: 'moto',
    case: 'kinesis: a description has these members',
    observed: [
      'EncryptionType',
      'EnhancedMonitoring',
      'OpenShardCount',
      'RetentionPeriodHours',
      'StreamARN',
      'StreamCreationTimestamp',
      'StreamModeDetails',
      'StreamName',
      'StreamStatus'
    ],
    why: 'It does not count consumers.'
  },
  {
    server: 'moto',
    case: 'kinesis: a name with a blank is a ValidationException',
    observed: 'ResourceNotFoundException',
    why: 'It checks no input before it looks for the stream.'
  },
  {
    server: 'moto',
    case: 'kinesis: a request that names no stream is refused',
    observed: 'ResourceNotFoundException',
    why: 'It checks no input before it looks for the stream.'
  },
  {
    server: 'moto',
    case: 'kinesis: while encryption starts the stream is UPDATING and shows the old state',
    observed: { StreamStatus: 'ACTIVE', EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
    why: 'It has no phases: every change is done at once.'
  },
  {
    server: 'moto',
    case: 'kinesis: a key that does not exist is refused',
    observed: ['accepted', 'accepted'],
    why: 'It looks no key up.'
  },
  {
    server: 'moto',
    case: 'kinesis: a second start while one is in flight is refused',
    observed: 'accepted',
    why: 'It has no phases: every change is done at once.'
  },
  {
    server: 'moto',
    case: 'kinesis: encryption type NONE cannot be started',
    observed: 'accepted',
    why: 'It does not look at the encryption type.'
  },
  {
    server: 'moto',
    case: 'kinesis: PutRecord tells whether the record was encrypted',
    observed: [undefined, undefined],
    why: 'It does not say.'
  },
  {
    server: 'moto',
    case: 'kinesis: the list tells the status of each stream',
    observed: 'of other streams too',
    why: 'It pages the names and not the summaries.'
  },
  {
    server: 'moto',
    case: 'kinesis: the list gives a token for the next page',
    observed: 'none',
    why: 'It pages by name only.'
  },
  {
    server: 'moto',
    case: 'firehose: a new delivery stream is described as Direct PUT and not encrypted',
    observed: { type: 'DirectPut', status: 'ACTIVE', encryption: 'left out', arn: true },
    why: 'It leaves the block out, as the service does at times; both stand for not encrypted.'
  },
  {
    server: 'moto',
    case: 'firehose: while encryption starts its status is ENABLING',
    observed: 'ENABLED',
    why: 'It has no phases: every change is done at once.'
  },
  {
    server: 'moto',
    case: 'firehose: a start that names no key takes the one that AWS owns',
    observed: 'SyntaxError',
    why: 'It answers with a page of HTML and status 500.'
  },
  {
    server: 'moto',
    case: 'firehose: a customer key without an ARN, and an ARN with the key that AWS owns, are refused',
    observed: ['accepted', 'accepted'],
    why: 'It takes any configuration.'
  },
  {
    server: 'moto',
    case: 'firehose: an alias ARN is refused',
    observed: 'accepted',
    why: 'It takes any configuration.'
  },
  {
    server: 'moto',
    case: 'firehose: a key that does not exist ends in ENABLING_FAILED with the reason',
    observed: { Status: 'ENABLED', Type: undefined },
    why: 'It looks no key up.'
  },
  {
    server: 'moto',
    case: 'firehose: a second start while one is in flight is refused',
    observed: 'accepted',
    why: 'It has no phases: every change is done at once.'
  },
  {
    server: 'moto',
    case: 'firehose: the configuration already in force is refused',
    observed: 'accepted',
    why: 'It takes any configuration.'
  },
  {
    server: 'moto',
    case: 'firehose: a source other than Direct PUT is refused',
    observed: 'accepted',
    why: 'It does not look at the source.'
  },
  {
    server: 'moto',
    case: 'firehose: PutRecord tells whether the record was encrypted',
    observed: [false, false],
    why: 'It always says no.'
  },
  {
    server: 'moto',
    case: 'firehose: a list without a limit gives ten names',
    observed: 'all',
    why: 'It has no limit unless one is given.'
  },
  {
    server: 'moto',
    case: 'kms: a key tells what encryption needs of it',
    observed: {
      Enabled: true,
      KeyState: 'Enabled',
      KeyUsage: 'ENCRYPT_DECRYPT',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyManager: 'CUSTOMER',
      MultiRegion: undefined
    },
    why: 'It leaves MultiRegion out unless it was asked for.'
  },
  {
    server: 'moto',
    case: 'kms: a multi-Region key has an id that begins with mrk-',
    observed: { id: false, MultiRegion: true },
    why: 'Its multi-Region ids are a GUID behind mrk-, not 32 hexadecimal digits.'
  },
  {
    server: 'moto',
    case: 'kms: a key ARN of another region is a NotFoundException',
    observed: 'accepted',
    why: 'It looks at the id within the ARN only.'
  },
  {
    server: 'moto',
    case: 'kms: alias/aws/kinesis is there without having been made',
    observed: { outcome: 'NotFoundException' },
    why: 'It makes no AWS managed key for Kinesis.'
  },
  {
    server: 'moto',
    case: 'kms: an alias is made once, and not among those of AWS',
    observed: ['AlreadyExistsException', 'accepted'],
    why: 'It keeps no names back for AWS.'
  },
  {
    server: 'moto',
    case: 'tagging: data streams and delivery streams are found by their types',
    observed: [],
    why: 'It knows delivery streams by the name of their service alone, and has no data streams.'
  },
  {
    server: 'moto',
    case: 'tagging: the token of the last page is empty',
    observed: undefined,
    why: 'It gives null.'
  },
  {
    server: 'moto',
    case: 'tagging: a page of more than a hundred is refused',
    observed: 'accepted',
    why: 'It takes a page of any size.'
  }
];
