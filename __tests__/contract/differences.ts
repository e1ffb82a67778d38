/** Where a third-party emulator differs from AWS. The tests assert each difference, so that they detect a fix. */
export interface KnownDifference {
  readonly emulator: string;
  readonly case: string;
  readonly observed: unknown;
  readonly reason: string;
}

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    emulator: 'kinesis-local',
    case: 'kinesis: a description has the expected members',
    observed: [
      'ConsumerCount',
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
    reason: 'It omits ChannelCount.'
  },
  {
    emulator: 'kinesis-local',
    case: 'kinesis: a name with a blank is a ValidationException',
    observed: 'InvalidArgumentException',
    reason: 'It uses one error for every invalid input.'
  },
  {
    emulator: 'kinesis-local',
    case: 'kinesis: during a change the stream is UPDATING and shows the previous state',
    observed: { StreamStatus: 'UPDATING', EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
    reason: 'It shows the new key before the change ends, while records are still unencrypted.'
  },
  {
    emulator: 'kinesis-local',
    case: 'kinesis: the id of a multi-Region key is accepted and returned',
    observed: 'InvalidArgumentException',
    reason: 'It accepts only GUIDs as key ids.'
  },
  {
    emulator: 'kinesis-local',
    case: 'kinesis: a key that does not exist is rejected',
    observed: ['accepted', 'accepted'],
    reason: 'It does not look up the key.'
  },
  {
    emulator: 'kinesis-local',
    case: 'kinesis: the list returns the status of each stream',
    observed: 'no status',
    reason: 'It does not return StreamSummaries.'
  },
  {
    emulator: 'kinesis-local',
    case: 'kinesis: the list returns a token for the next page',
    observed: 'none',
    reason: 'It pages by name only.'
  },
  {
    emulator: 'moto',
    case: 'kinesis: a new stream is CREATING, then ACTIVE',
    observed: ['ACTIVE', 'ACTIVE'],
    reason: 'It completes every change immediately.'
  },
  {
    emulator: 'moto',
    case: 'kinesis: a description has the expected members',
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
    reason: 'It omits ChannelCount and ConsumerCount.'
  },
  {
    emulator: 'moto',
    case: 'kinesis: a name with a blank is a ValidationException',
    observed: 'ResourceNotFoundException',
    reason: 'It looks up the stream before it validates the input.'
  },
  {
    emulator: 'moto',
    case: 'kinesis: a request without a stream is rejected',
    observed: 'ResourceNotFoundException',
    reason: 'It looks up the stream before it validates the input.'
  },
  {
    emulator: 'moto',
    case: 'kinesis: during a change the stream is UPDATING and shows the previous state',
    observed: { StreamStatus: 'ACTIVE', EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
    reason: 'It completes every change immediately.'
  },
  {
    emulator: 'moto',
    case: 'kinesis: a key that does not exist is rejected',
    observed: ['accepted', 'accepted'],
    reason: 'It does not look up the key.'
  },
  {
    emulator: 'moto',
    case: 'kinesis: Start is rejected while a change is in progress',
    observed: 'accepted',
    reason: 'It completes every change immediately.'
  },
  {
    emulator: 'moto',
    case: 'kinesis: Start with encryption type NONE is rejected',
    observed: 'accepted',
    reason: 'It ignores the encryption type.'
  },
  {
    emulator: 'moto',
    case: 'kinesis: PutRecord returns whether the record was encrypted',
    observed: [undefined, undefined],
    reason: 'It omits EncryptionType.'
  },
  {
    emulator: 'moto',
    case: 'kinesis: the list returns the status of each stream',
    observed: 'the status of other streams too',
    reason: 'It pages the names but not the summaries.'
  },
  {
    emulator: 'moto',
    case: 'kinesis: the list returns a token for the next page',
    observed: 'none',
    reason: 'It pages by name only.'
  },
  {
    emulator: 'moto',
    case: 'firehose: a new delivery stream is Direct PUT and not encrypted',
    observed: { type: 'DirectPut', status: 'ACTIVE', encryption: 'omitted', arn: true },
    reason: 'It omits the encryption block, as AWS sometimes does. Both mean not encrypted.'
  },
  {
    emulator: 'moto',
    case: 'firehose: the encryption status is ENABLING during a change',
    observed: 'ENABLED',
    reason: 'It completes every change immediately.'
  },
  {
    emulator: 'moto',
    case: 'firehose: Start without a key uses the AWS owned key',
    observed: 'SyntaxError',
    reason: 'It returns an HTML page with status 500.'
  },
  {
    emulator: 'moto',
    case: 'firehose: a customer key without an ARN, and an ARN with the AWS owned key, are rejected',
    observed: ['accepted', 'accepted'],
    reason: 'It accepts any configuration.'
  },
  {
    emulator: 'moto',
    case: 'firehose: an alias ARN is rejected',
    observed: 'accepted',
    reason: 'It accepts any configuration.'
  },
  {
    emulator: 'moto',
    case: 'firehose: a key that does not exist leads to ENABLING_FAILED with a reason',
    observed: { Status: 'ENABLED', Type: undefined },
    reason: 'It does not look up the key.'
  },
  {
    emulator: 'moto',
    case: 'firehose: Start is rejected while a change is in progress',
    observed: 'accepted',
    reason: 'It completes every change immediately.'
  },
  {
    emulator: 'moto',
    case: 'firehose: Start with the configuration in force is rejected',
    observed: 'accepted',
    reason: 'It accepts any configuration.'
  },
  {
    emulator: 'moto',
    case: 'firehose: Start is rejected for a source other than Direct PUT',
    observed: 'accepted',
    reason: 'It ignores the source.'
  },
  {
    emulator: 'moto',
    case: 'firehose: PutRecord returns whether the record was encrypted',
    observed: [false, false],
    reason: 'It always returns false.'
  },
  {
    emulator: 'moto',
    case: 'firehose: a list without a limit returns ten names',
    observed: 'all',
    reason: 'It has no default limit.'
  },
  {
    emulator: 'moto',
    case: 'kms: a key has the members that encryption depends on',
    observed: {
      Enabled: true,
      KeyState: 'Enabled',
      KeyUsage: 'ENCRYPT_DECRYPT',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyManager: 'CUSTOMER',
      MultiRegion: undefined
    },
    reason: 'It omits MultiRegion unless it was requested.'
  },
  {
    emulator: 'moto',
    case: 'kms: a multi-Region key has an id that begins with mrk-',
    observed: { id: false, MultiRegion: true },
    reason: 'Its multi-Region key ids are mrk- and a GUID, not mrk- and 32 hexadecimal digits.'
  },
  {
    emulator: 'moto',
    case: 'kms: a key ARN of another region is a NotFoundException',
    observed: 'accepted',
    reason: 'It ignores the region in the ARN.'
  },
  {
    emulator: 'moto',
    case: 'kms: alias/aws/kinesis exists without being created',
    observed: { outcome: 'NotFoundException' },
    reason: 'It does not create the AWS managed key of Kinesis.'
  },
  {
    emulator: 'moto',
    case: 'kms: a duplicate alias and the prefix alias/aws/ are rejected',
    observed: ['AlreadyExistsException', 'accepted'],
    reason: 'It does not reserve alias/aws/.'
  },
  {
    emulator: 'moto',
    case: 'tagging: data streams and delivery streams are found by resource type',
    observed: [],
    reason: 'It finds delivery streams by the service name only, and no data streams.'
  },
  {
    emulator: 'moto',
    case: 'tagging: the token of the last page is empty',
    observed: undefined,
    reason: 'It returns null.'
  },
  {
    emulator: 'moto',
    case: 'tagging: a page size above 100 is rejected',
    observed: 'accepted',
    reason: 'It accepts any page size.'
  }
];
