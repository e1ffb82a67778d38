import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
import {
  minPollIntervalMs,
  yieldTimeMs
} from "./chunk-4AJCXBEF.js";
import {
  callAws,
  defaultProvider,
  required,
  truncate
} from "./chunk-7TLEDODP.js";
import {
  nextName
} from "./chunk-RF5V6KEL.js";
import "./chunk-BIS7PCKP.js";
import "./chunk-P7NXAGVD.js";
import {
  AwsJson1_1Protocol,
  AwsSdkSigV4Signer,
  NODE_AUTH_SCHEME_PREFERENCE_OPTIONS,
  resolveAwsSdkSigV4Config
} from "./chunk-ZDBLGLZN.js";
import {
  Sha256Node
} from "./chunk-6FLRV3ER.js";
import {
  NodeHttpHandler
} from "./chunk-CHTXLXPQ.js";
import {
  BinaryDecisionDiagram,
  Client,
  DEFAULT_RETRY_MODE,
  DefaultIdentityProviderConfig,
  EndpointCache,
  NODE_APP_ID_CONFIG_OPTIONS,
  NODE_MAX_ATTEMPT_CONFIG_OPTIONS,
  NODE_RETRY_MODE_CONFIG_OPTIONS,
  NoOpLogger,
  ServiceException,
  awsEndpointFunctions,
  createDefaultUserAgentProvider,
  customEndpointFunctions,
  decideEndpoint,
  emitWarningIfUnsupportedVersion,
  emitWarningIfUnsupportedVersion2,
  getAwsRegionExtensionConfiguration,
  getDefaultExtensionConfiguration,
  getDefaultSocketTimeout,
  getEndpointPlugin,
  getHostHeaderPlugin,
  getHttpAuthSchemeEndpointRuleSetPlugin,
  getHttpSigningPlugin,
  getLoggerPlugin,
  getRecursionDetectionPlugin,
  getRetryPlugin,
  getUserAgentPlugin,
  loadConfigsForDefaultMode,
  makeBuilder,
  resolveAwsRegionExtensionConfiguration,
  resolveDefaultRuntimeConfig,
  resolveEndpointConfig,
  resolveHostHeaderConfig,
  resolveRetryConfig,
  resolveUserAgentConfig
} from "./chunk-4F23KDBY.js";
import {
  NODE_REGION_CONFIG_FILE_OPTIONS,
  NODE_REGION_CONFIG_OPTIONS,
  NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS,
  NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS,
  loadConfig,
  resolveDefaultsModeConfig,
  resolveRegionConfig
} from "./chunk-3E2MYXSI.js";
import {
  getContentLengthPlugin,
  getHttpHandlerExtensionConfiguration,
  resolveHttpHandlerRuntimeConfig
} from "./chunk-GWWDEZ3C.js";
import {
  TypeRegistry,
  calculateBodyLength,
  fromBase64,
  fromUtf8,
  getSchemaSerdePlugin,
  getSmithyContext,
  normalizeProvider,
  parseUrl,
  streamCollector,
  toBase64,
  toUtf8
} from "./chunk-NOBOG2OK.js";
import "./chunk-BJJFHFV3.js";

// node_modules/@aws-sdk/client-firehose/dist-es/auth/httpAuthSchemeProvider.js
var defaultFirehoseHttpAuthSchemeParametersProvider = async (config, context, input) => {
  return {
    operation: getSmithyContext(context).operation,
    region: await normalizeProvider(config.region)() || (() => {
      throw new Error("expected `region` to be configured for `aws.auth#sigv4`");
    })()
  };
};
function createAwsAuthSigv4HttpAuthOption(authParameters) {
  return {
    schemeId: "aws.auth#sigv4",
    signingProperties: {
      name: "firehose",
      region: authParameters.region
    },
    propertiesExtractor: (config, context) => ({
      signingProperties: {
        config,
        context
      }
    })
  };
}
var defaultFirehoseHttpAuthSchemeProvider = (authParameters) => {
  const options = [];
  switch (authParameters.operation) {
    default: {
      options.push(createAwsAuthSigv4HttpAuthOption(authParameters));
    }
  }
  return options;
};
var resolveHttpAuthSchemeConfig = (config) => {
  const config_0 = resolveAwsSdkSigV4Config(config);
  return Object.assign(config_0, {
    authSchemePreference: normalizeProvider(config.authSchemePreference ?? [])
  });
};

// node_modules/@aws-sdk/client-firehose/dist-es/endpoint/EndpointParameters.js
var resolveClientEndpointParameters = (options) => {
  return Object.assign(options, {
    useDualstackEndpoint: options.useDualstackEndpoint ?? false,
    useFipsEndpoint: options.useFipsEndpoint ?? false,
    defaultSigningName: "firehose"
  });
};
var commonParams = {
  UseFIPS: { type: "builtInParams", name: "useFipsEndpoint" },
  Endpoint: { type: "builtInParams", name: "endpoint" },
  Region: { type: "builtInParams", name: "region" },
  UseDualStack: { type: "builtInParams", name: "useDualstackEndpoint" }
};

// node_modules/@aws-sdk/client-firehose/package.json
var package_default = {
  name: "@aws-sdk/client-firehose",
  version: "3.1169.0",
  description: "AWS SDK for JavaScript Firehose Client for Node.js, Browser and React Native",
  homepage: "https://github.com/aws/aws-sdk-js-v3/tree/main/clients/client-firehose",
  license: "Apache-2.0",
  author: {
    name: "AWS SDK for JavaScript Team",
    url: "https://aws.amazon.com/sdk-for-javascript/"
  },
  repository: {
    type: "git",
    url: "https://github.com/aws/aws-sdk-js-v3.git",
    directory: "clients/client-firehose"
  },
  files: [
    "dist-*/**"
  ],
  sideEffects: false,
  main: "./dist-cjs/index.js",
  module: "./dist-es/index.js",
  browser: {
    "./dist-es/runtimeConfig": "./dist-es/runtimeConfig.browser"
  },
  types: "./dist-types/index.d.ts",
  typesVersions: {
    "<4.5": {
      "dist-types/*": [
        "dist-types/ts3.4/*"
      ]
    }
  },
  "react-native": {
    "./dist-es/runtimeConfig": "./dist-es/runtimeConfig.native"
  },
  scripts: {
    build: "concurrently 'yarn:build:types' 'yarn:build:es' && yarn build:cjs",
    "build:cjs": "node ../../scripts/compilation/inline",
    "build:es": "premove dist-es && tsc -p tsconfig.es.json",
    "build:include:deps": 'yarn g:turbo run build -F="$npm_package_name"',
    "build:types": "premove dist-types && tsc -p tsconfig.types.json",
    "build:types:downlevel": "downlevel-dts dist-types dist-types/ts3.4",
    clean: "premove dist-cjs dist-es dist-types",
    "extract:docs": "api-extractor run --local",
    "generate:client": "node ../../scripts/generate-clients/single-service",
    "test:index": "tsc -p tsconfig.test.json && node ./test/index-objects.spec.mjs"
  },
  dependencies: {
    "@aws-sdk/core": "^3.981.0",
    "@aws-sdk/credential-provider-node": "^3.972.97",
    "@aws-sdk/types": "^3.975.1",
    "@smithy/core": "^3.40.0",
    "@smithy/fetch-http-handler": "^5.8.1",
    "@smithy/node-http-handler": "^4.14.2",
    "@smithy/types": "^4.20.0",
    tslib: "^2.6.2"
  },
  devDependencies: {
    "@tsconfig/node20": "20.1.8",
    "@types/node": "^20.14.8",
    concurrently: "7.0.0",
    "downlevel-dts": "0.10.1",
    premove: "4.0.0",
    typescript: "~7.0.2"
  },
  engines: {
    node: ">=20.0.0"
  }
};

// node_modules/@aws-sdk/client-firehose/dist-es/endpoint/bdd.js
var k = "ref";
var a = -1;
var b = true;
var c = "isSet";
var d = "PartitionResult";
var e = "booleanEquals";
var f = "getAttr";
var g = { [k]: "Endpoint" };
var h = { [k]: d };
var i = {};
var j = [{ [k]: "Region" }];
var _data = {
  conditions: [
    [c, [g]],
    [c, j],
    ["aws.partition", j, d],
    [e, [{ [k]: "UseFIPS" }, b]],
    [e, [{ [k]: "UseDualStack" }, b]],
    [e, [{ fn: f, argv: [h, "supportsDualStack"] }, b]],
    [e, [{ fn: f, argv: [h, "supportsFIPS"] }, b]]
  ],
  results: [
    [a],
    [a, "Invalid Configuration: FIPS and custom endpoint are not supported"],
    [a, "Invalid Configuration: Dualstack and custom endpoint are not supported"],
    [g, i],
    ["https://firehose-fips.{Region}.{PartitionResult#dualStackDnsSuffix}", i],
    [a, "FIPS and DualStack are enabled, but this partition does not support one or both"],
    ["https://firehose-fips.{Region}.{PartitionResult#dnsSuffix}", i],
    [a, "FIPS is enabled but this partition does not support FIPS"],
    ["https://firehose.{Region}.{PartitionResult#dualStackDnsSuffix}", i],
    [a, "DualStack is enabled but this partition does not support DualStack"],
    ["https://firehose.{Region}.{PartitionResult#dnsSuffix}", i],
    [a, "Invalid Configuration: Missing Region"]
  ]
};
var root = 2;
var r = 1e8;
var nodes = new Int32Array([
  -1,
  1,
  -1,
  0,
  12,
  3,
  1,
  4,
  r + 11,
  2,
  5,
  r + 11,
  3,
  8,
  6,
  4,
  7,
  r + 10,
  5,
  r + 8,
  r + 9,
  4,
  10,
  9,
  6,
  r + 6,
  r + 7,
  5,
  11,
  r + 5,
  6,
  r + 4,
  r + 5,
  3,
  r + 1,
  13,
  4,
  r + 2,
  r + 3
]);
var bdd = BinaryDecisionDiagram.from(nodes, root, _data.conditions, _data.results);

// node_modules/@aws-sdk/client-firehose/dist-es/endpoint/endpointResolver.js
var cache = new EndpointCache({
  size: 50,
  params: ["Endpoint", "Region", "UseDualStack", "UseFIPS"]
});
var defaultEndpointResolver = (endpointParams, context = {}) => {
  return cache.get(endpointParams, () => decideEndpoint(bdd, {
    endpointParams,
    logger: context.logger
  }));
};
customEndpointFunctions.aws = awsEndpointFunctions;

// node_modules/@aws-sdk/client-firehose/dist-es/models/FirehoseServiceException.js
var FirehoseServiceException = class _FirehoseServiceException extends ServiceException {
  static shapeId = "smithy.ts.sdk.synthetic.com.amazonaws.firehose#FirehoseServiceException";
  constructor(options) {
    super(options);
    Object.setPrototypeOf(this, _FirehoseServiceException.prototype);
  }
};

// node_modules/@aws-sdk/client-firehose/dist-es/models/errors.js
var ConcurrentModificationException = class _ConcurrentModificationException extends FirehoseServiceException {
  static shapeId = "com.amazonaws.firehose#ConcurrentModificationException";
  name = "ConcurrentModificationException";
  $fault = "client";
  constructor(opts) {
    super({
      name: "ConcurrentModificationException",
      $fault: "client",
      ...opts
    });
    Object.setPrototypeOf(this, _ConcurrentModificationException.prototype);
  }
};
var InvalidArgumentException = class _InvalidArgumentException extends FirehoseServiceException {
  static shapeId = "com.amazonaws.firehose#InvalidArgumentException";
  name = "InvalidArgumentException";
  $fault = "client";
  constructor(opts) {
    super({
      name: "InvalidArgumentException",
      $fault: "client",
      ...opts
    });
    Object.setPrototypeOf(this, _InvalidArgumentException.prototype);
  }
};
var InvalidKMSResourceException = class _InvalidKMSResourceException extends FirehoseServiceException {
  static shapeId = "com.amazonaws.firehose#InvalidKMSResourceException";
  name = "InvalidKMSResourceException";
  $fault = "client";
  code;
  constructor(opts) {
    super({
      name: "InvalidKMSResourceException",
      $fault: "client",
      ...opts
    });
    Object.setPrototypeOf(this, _InvalidKMSResourceException.prototype);
    this.code = opts.code;
  }
};
var LimitExceededException = class _LimitExceededException extends FirehoseServiceException {
  static shapeId = "com.amazonaws.firehose#LimitExceededException";
  name = "LimitExceededException";
  $fault = "client";
  constructor(opts) {
    super({
      name: "LimitExceededException",
      $fault: "client",
      ...opts
    });
    Object.setPrototypeOf(this, _LimitExceededException.prototype);
  }
};
var ResourceInUseException = class _ResourceInUseException extends FirehoseServiceException {
  static shapeId = "com.amazonaws.firehose#ResourceInUseException";
  name = "ResourceInUseException";
  $fault = "client";
  constructor(opts) {
    super({
      name: "ResourceInUseException",
      $fault: "client",
      ...opts
    });
    Object.setPrototypeOf(this, _ResourceInUseException.prototype);
  }
};
var ResourceNotFoundException = class _ResourceNotFoundException extends FirehoseServiceException {
  static shapeId = "com.amazonaws.firehose#ResourceNotFoundException";
  name = "ResourceNotFoundException";
  $fault = "client";
  constructor(opts) {
    super({
      name: "ResourceNotFoundException",
      $fault: "client",
      ...opts
    });
    Object.setPrototypeOf(this, _ResourceNotFoundException.prototype);
  }
};
var InvalidSourceException = class _InvalidSourceException extends FirehoseServiceException {
  static shapeId = "com.amazonaws.firehose#InvalidSourceException";
  name = "InvalidSourceException";
  $fault = "client";
  code;
  constructor(opts) {
    super({
      name: "InvalidSourceException",
      $fault: "client",
      ...opts
    });
    Object.setPrototypeOf(this, _InvalidSourceException.prototype);
    this.code = opts.code;
  }
};
var ServiceUnavailableException = class _ServiceUnavailableException extends FirehoseServiceException {
  static shapeId = "com.amazonaws.firehose#ServiceUnavailableException";
  name = "ServiceUnavailableException";
  $fault = "server";
  constructor(opts) {
    super({
      name: "ServiceUnavailableException",
      $fault: "server",
      ...opts
    });
    Object.setPrototypeOf(this, _ServiceUnavailableException.prototype);
  }
};

// node_modules/@aws-sdk/client-firehose/dist-es/schemas/schemas_0.js
var _ABH = "AmazonopensearchserviceBufferingHints";
var _AC = "AuthenticationConfiguration";
var _ADD = "AmazonopensearchserviceDestinationDescription";
var _AN = "AttributeName";
var _AO = "AppendOnly";
var _AOSSBH = "AmazonOpenSearchServerlessBufferingHints";
var _AOSSDD = "AmazonOpenSearchServerlessDestinationDescription";
var _AOSSRO = "AmazonOpenSearchServerlessRetryOptions";
var _ARO = "AmazonopensearchserviceRetryOptions";
var _AU = "AccountUrl";
var _AV = "AttributeValue";
var _AWSKMSKARN = "AWSKMSKeyARN";
var _BARN = "BucketARN";
var _BFC = "BloomFilterColumns";
var _BFFPP = "BloomFilterFalsePositiveProbability";
var _BH = "BufferingHints";
var _BSB = "BlockSizeBytes";
var _C = "Connectivity";
var _CA = "CommonAttributes";
var _CARN = "CatalogARN";
var _CC = "CatalogConfiguration";
var _CCN = "ContentColumnName";
var _CCo = "CopyCommand";
var _CDIJKTU = "ConvertDotsInJsonKeysToUnderscores";
var _CE = "CollectionEndpoint";
var _CEl = "ClusterEndpoint";
var _CEo = "ContentEncoding";
var _CF = "CompressionFormat";
var _CI = "CaseInsensitive";
var _CIa = "CatalogId";
var _CJDBCURL = "ClusterJDBCURL";
var _CME = "ConcurrentModificationException";
var _CO = "CopyOptions";
var _CT = "CreateTimestamp";
var _CTJKM = "ColumnToJsonKeyMappings";
var _CTZ = "CustomTimeZone";
var _CWLO = "CloudWatchLoggingOptions";
var _Co = "Columns";
var _Com = "Compression";
var _D = "Databases";
var _DARN = "DomainARN";
var _DCL = "DatabaseColumnList";
var _DD = "DestinationDescription";
var _DDIF = "DefaultDocumentIdFormat";
var _DDL = "DestinationDescriptionList";
var _DDN = "DestinationDatabaseName";
var _DDSIe = "DescribeDeliveryStreamInput";
var _DDSOe = "DescribeDeliveryStreamOutput";
var _DDSe = "DescribeDeliveryStream";
var _DFCC = "DataFormatConversionConfiguration";
var _DI = "DestinationId";
var _DIO = "DocumentIdOptions";
var _DIS = "DurationInSeconds";
var _DKT = "DictionaryKeyThreshold";
var _DL = "DatabaseList";
var _DLO = "DataLoadingOption";
var _DN = "DatabaseName";
var _DPC = "DynamicPartitioningConfiguration";
var _DPSD = "DirectPutSourceDescription";
var _DSAC = "DatabaseSourceAuthenticationConfiguration";
var _DSARN = "DeliveryStreamARN";
var _DSC = "DatabaseSourceConfiguration";
var _DSD = "DatabaseSourceDescription";
var _DSDe = "DeliveryStreamDescription";
var _DSEC = "DeliveryStreamEncryptionConfiguration";
var _DSECI = "DeliveryStreamEncryptionConfigurationInput";
var _DSI = "DatabaseSnapshotInfo";
var _DSIL = "DatabaseSnapshotInfoList";
var _DSN = "DeliveryStreamName";
var _DSNe = "DeliveryStreamNames";
var _DSS = "DeliveryStreamStatus";
var _DST = "DeliveryStreamType";
var _DSTe = "DeliveryStartTimestamp";
var _DSVPCC = "DatabaseSourceVPCConfiguration";
var _DTC = "DataTableColumns";
var _DTCL = "DestinationTableConfigurationList";
var _DTCe = "DestinationTableConfiguration";
var _DTL = "DatabaseTableList";
var _DTN = "DataTableName";
var _DTNe = "DestinationTableName";
var _Da = "Data";
var _Dat = "Database";
var _De = "Destinations";
var _Des = "Deserializer";
var _Det = "Details";
var _E = "Enabled";
var _EBH = "ElasticsearchBufferingHints";
var _EC = "EncryptionConfiguration";
var _ECn = "EndpointConfiguration";
var _EDCn = "EnableDictionaryCompression";
var _EDD = "ElasticsearchDestinationDescription";
var _EOP = "ErrorOutputPrefix";
var _EP = "EnablePadding";
var _ERO = "ElasticsearchRetryOptions";
var _ESDD = "ExtendedS3DestinationDescription";
var _ESDI = "ExclusiveStartDestinationId";
var _ESDSN = "ExclusiveStartDeliveryStreamName";
var _En = "Endpoint";
var _Enc = "Encrypted";
var _Ex = "Exclude";
var _FD = "FailureDescription";
var _FE = "FileExtension";
var _FV = "FormatVersion";
var _HEAN = "HttpEndpointAttributeName";
var _HEAV = "HttpEndpointAttributeValue";
var _HEBH = "HttpEndpointBufferingHints";
var _HECA = "HttpEndpointCommonAttribute";
var _HECAL = "HttpEndpointCommonAttributesList";
var _HECATIS = "HECAcknowledgmentTimeoutInSeconds";
var _HECE = "HECEndpoint";
var _HECET = "HECEndpointType";
var _HECT = "HECToken";
var _HED = "HttpEndpointDescription";
var _HEDD = "HttpEndpointDestinationDescription";
var _HERC = "HttpEndpointRequestConfiguration";
var _HERO = "HttpEndpointRetryOptions";
var _HEU = "HttpEndpointUrl";
var _HJSD = "HiveJsonSerDe";
var _HMD = "HasMoreDestinations";
var _HMDS = "HasMoreDeliveryStreams";
var _I = "Include";
var _IAE = "InvalidArgumentException";
var _IDD = "IcebergDestinationDescription";
var _IFC = "InputFormatConfiguration";
var _IIS = "IntervalInSeconds";
var _IKMSRE = "InvalidKMSResourceException";
var _IN = "IndexName";
var _IRP = "IndexRotationPeriod";
var _ISE = "InvalidSourceException";
var _Id = "Id";
var _Ide = "Identity";
var _KARN = "KeyARN";
var _KMSEC = "KMSEncryptionConfig";
var _KSARN = "KinesisStreamARN";
var _KSSD = "KinesisStreamSourceDescription";
var _KT = "KeyType";
var _L = "Limit";
var _LDS = "ListDeliveryStreams";
var _LDSI = "ListDeliveryStreamsInput";
var _LDSO = "ListDeliveryStreamsOutput";
var _LEE = "LimitExceededException";
var _LGN = "LogGroupName";
var _LSN = "LogStreamName";
var _LUT = "LastUpdateTimestamp";
var _MDCN = "MetaDataColumnName";
var _MPB = "MaxPaddingBytes";
var _MSKCARN = "MSKClusterARN";
var _MSKSD = "MSKSourceDescription";
var _N = "Name";
var _NEC = "NoEncryptionConfig";
var _OFC = "OutputFormatConfiguration";
var _OSD = "OrcSerDe";
var _OXJSD = "OpenXJsonSerDe";
var _PC = "ProcessingConfiguration";
var _PF = "PartitionField";
var _PFa = "PartitionFields";
var _PL = "ProcessorList";
var _PLVI = "PrivateLinkVpceId";
var _PN = "ParameterName";
var _PP = "ProcessorParameter";
var _PPL = "ProcessorParameterList";
var _PR = "PutRecord";
var _PRI = "PutRecordInput";
var _PRO = "PutRecordOutput";
var _PS = "PartitionSpec";
var _PSB = "PageSizeBytes";
var _PSD = "ParquetSerDe";
var _PT = "PaddingTolerance";
var _PV = "ParameterValue";
var _Pa = "Parameters";
var _Po = "Port";
var _Pr = "Prefix";
var _Pro = "Processors";
var _Proc = "Processor";
var _RARN = "RoleARN";
var _RB = "RequestedBy";
var _RC = "RequestConfiguration";
var _RDD = "RedshiftDestinationDescription";
var _RFT = "ReadFromTimestamp";
var _RI = "RecordId";
var _RIS = "RowIndexStride";
var _RIUE = "ResourceInUseException";
var _RNFE = "ResourceNotFoundException";
var _RO = "RetryOptions";
var _RRO = "RedshiftRetryOptions";
var _RT = "RequestTimestamp";
var _Re = "Record";
var _Reg = "Region";
var _S = "Status";
var _SARN = "SecretARN";
var _SAU = "SnowflakeAccountUrl";
var _SBD = "S3BackupDescription";
var _SBH = "SnowflakeBufferingHints";
var _SBHp = "SplunkBufferingHints";
var _SBM = "S3BackupMode";
var _SCCN = "SnowflakeContentColumnName";
var _SCc = "SchemaConfiguration";
var _SD = "SnowflakeDatabase";
var _SDD = "S3DestinationDescription";
var _SDDn = "SnowflakeDestinationDescription";
var _SDDp = "SplunkDestinationDescription";
var _SDSE = "StartDeliveryStreamEncryption";
var _SDSEI = "StartDeliveryStreamEncryptionInput";
var _SDSEO = "StartDeliveryStreamEncryptionOutput";
var _SDo = "SourceDescription";
var _SEC = "SchemaEvolutionConfiguration";
var _SEOP = "S3ErrorOutputPrefix";
var _SGI = "SecurityGroupIds";
var _SI = "SnapshotInfo";
var _SIMB = "SizeInMBs";
var _SIu = "SubnetIds";
var _SK = "SurrogateKeys";
var _SMC = "SecretsManagerConfiguration";
var _SMDCN = "SnowflakeMetaDataColumnName";
var _SN = "SourceName";
var _SPLVI = "SnowflakePrivateLinkVpceId";
var _SR = "SnowflakeRole";
var _SRC = "SnowflakeRoleConfiguration";
var _SRO = "SnowflakeRetryOptions";
var _SROp = "SplunkRetryOptions";
var _SS = "SnowflakeSchema";
var _SSB = "StripeSizeBytes";
var _SSLM = "SSLMode";
var _ST = "SnowflakeTable";
var _SU = "SnowflakeUser";
var _SUE = "ServiceUnavailableException";
var _SVC = "SnowflakeVpcConfiguration";
var _SWT = "SnapshotWatermarkTable";
var _Sc = "Schema";
var _Se = "Serializer";
var _So = "Source";
var _TCC = "TableCreationConfiguration";
var _TF = "TimestampFormats";
var _THIMB = "ThroughputHintInMBs";
var _TK = "TagKeys";
var _TN = "TypeName";
var _TNa = "TableName";
var _TNo = "TopicName";
var _Ta = "Table";
var _Tab = "Tables";
var _Ty = "Type";
var _U = "Username";
var _UDSI = "UntagDeliveryStreamInput";
var _UK = "UniqueKeys";
var _Ur = "Url";
var _Us = "User";
var _VC = "VpcConfiguration";
var _VCD = "VpcConfigurationDescription";
var _VESN = "VpcEndpointServiceName";
var _VI = "VersionId";
var _VIp = "VpcId";
var _WL = "WarehouseLocation";
var _WV = "WriterVersion";
var _c = "client";
var _co = "code";
var _e = "error";
var _hE = "httpError";
var _m = "message";
var _s = "smithy.ts.sdk.synthetic.com.amazonaws.firehose";
var _se = "server";
var n0 = "com.amazonaws.firehose";
var _s_registry = new TypeRegistry(_s);
var FirehoseServiceException$ = [-3, _s, "FirehoseServiceException", 0, [], []];
_s_registry.registerError(FirehoseServiceException$, FirehoseServiceException);
var n0_registry = new TypeRegistry(n0);
var ConcurrentModificationException$ = [
  -3,
  n0,
  _CME,
  { [_e]: _c },
  [_m],
  [0]
];
n0_registry.registerError(ConcurrentModificationException$, ConcurrentModificationException);
var InvalidArgumentException$ = [
  -3,
  n0,
  _IAE,
  { [_e]: _c },
  [_m],
  [0]
];
n0_registry.registerError(InvalidArgumentException$, InvalidArgumentException);
var InvalidKMSResourceException$ = [
  -3,
  n0,
  _IKMSRE,
  { [_e]: _c },
  [_co, _m],
  [0, 0]
];
n0_registry.registerError(InvalidKMSResourceException$, InvalidKMSResourceException);
var InvalidSourceException$ = [
  -3,
  n0,
  _ISE,
  { [_e]: _c },
  [_co, _m],
  [0, 0]
];
n0_registry.registerError(InvalidSourceException$, InvalidSourceException);
var LimitExceededException$ = [
  -3,
  n0,
  _LEE,
  { [_e]: _c },
  [_m],
  [0]
];
n0_registry.registerError(LimitExceededException$, LimitExceededException);
var ResourceInUseException$ = [
  -3,
  n0,
  _RIUE,
  { [_e]: _c },
  [_m],
  [0]
];
n0_registry.registerError(ResourceInUseException$, ResourceInUseException);
var ResourceNotFoundException$ = [
  -3,
  n0,
  _RNFE,
  { [_e]: _c },
  [_m],
  [0]
];
n0_registry.registerError(ResourceNotFoundException$, ResourceNotFoundException);
var ServiceUnavailableException$ = [
  -3,
  n0,
  _SUE,
  { [_e]: _se, [_hE]: 503 },
  [_m],
  [0]
];
n0_registry.registerError(ServiceUnavailableException$, ServiceUnavailableException);
var errorTypeRegistries = [
  _s_registry,
  n0_registry
];
var HttpEndpointAttributeName = [0, n0, _HEAN, 8, 0];
var HttpEndpointAttributeValue = [0, n0, _HEAV, 8, 0];
var HttpEndpointUrl = [0, n0, _HEU, 8, 0];
var SnowflakeAccountUrl = [0, n0, _SAU, 8, 0];
var SnowflakeContentColumnName = [0, n0, _SCCN, 8, 0];
var SnowflakeDatabase = [0, n0, _SD, 8, 0];
var SnowflakeMetaDataColumnName = [0, n0, _SMDCN, 8, 0];
var SnowflakePrivateLinkVpceId = [0, n0, _SPLVI, 8, 0];
var SnowflakeRole = [0, n0, _SR, 8, 0];
var SnowflakeSchema = [0, n0, _SS, 8, 0];
var SnowflakeTable = [0, n0, _ST, 8, 0];
var SnowflakeUser = [0, n0, _SU, 8, 0];
var Username = [0, n0, _U, 8, 0];
var AmazonOpenSearchServerlessBufferingHints$ = [
  3,
  n0,
  _AOSSBH,
  0,
  [_IIS, _SIMB],
  [1, 1]
];
var AmazonOpenSearchServerlessDestinationDescription$ = [
  3,
  n0,
  _AOSSDD,
  0,
  [_RARN, _CE, _IN, _BH, _RO, _SBM, _SDD, _PC, _CWLO, _VCD],
  [0, 0, 0, () => AmazonOpenSearchServerlessBufferingHints$, () => AmazonOpenSearchServerlessRetryOptions$, 0, () => S3DestinationDescription$, () => ProcessingConfiguration$, () => CloudWatchLoggingOptions$, () => VpcConfigurationDescription$]
];
var AmazonOpenSearchServerlessRetryOptions$ = [
  3,
  n0,
  _AOSSRO,
  0,
  [_DIS],
  [1]
];
var AmazonopensearchserviceBufferingHints$ = [
  3,
  n0,
  _ABH,
  0,
  [_IIS, _SIMB],
  [1, 1]
];
var AmazonopensearchserviceDestinationDescription$ = [
  3,
  n0,
  _ADD,
  0,
  [_RARN, _DARN, _CEl, _IN, _TN, _IRP, _BH, _RO, _SBM, _SDD, _PC, _CWLO, _VCD, _DIO],
  [0, 0, 0, 0, 0, 0, () => AmazonopensearchserviceBufferingHints$, () => AmazonopensearchserviceRetryOptions$, 0, () => S3DestinationDescription$, () => ProcessingConfiguration$, () => CloudWatchLoggingOptions$, () => VpcConfigurationDescription$, () => DocumentIdOptions$]
];
var AmazonopensearchserviceRetryOptions$ = [
  3,
  n0,
  _ARO,
  0,
  [_DIS],
  [1]
];
var AuthenticationConfiguration$ = [
  3,
  n0,
  _AC,
  0,
  [_RARN, _C],
  [0, 0],
  2
];
var BufferingHints$ = [
  3,
  n0,
  _BH,
  0,
  [_SIMB, _IIS],
  [1, 1]
];
var CatalogConfiguration$ = [
  3,
  n0,
  _CC,
  0,
  [_CARN, _WL],
  [0, 0]
];
var CloudWatchLoggingOptions$ = [
  3,
  n0,
  _CWLO,
  0,
  [_E, _LGN, _LSN],
  [2, 0, 0]
];
var CopyCommand$ = [
  3,
  n0,
  _CCo,
  0,
  [_DTN, _DTC, _CO],
  [0, 0, 0],
  1
];
var DatabaseColumnList$ = [
  3,
  n0,
  _DCL,
  0,
  [_I, _Ex],
  [64 | 0, 64 | 0]
];
var DatabaseList$ = [
  3,
  n0,
  _DL,
  0,
  [_I, _Ex],
  [64 | 0, 64 | 0]
];
var DatabaseSnapshotInfo$ = [
  3,
  n0,
  _DSI,
  0,
  [_Id, _Ta, _RT, _RB, _S, _FD],
  [0, 0, 4, 0, 0, () => FailureDescription$],
  5
];
var DatabaseSourceAuthenticationConfiguration$ = [
  3,
  n0,
  _DSAC,
  0,
  [_SMC],
  [() => SecretsManagerConfiguration$],
  1
];
var DatabaseSourceConfiguration$ = [
  3,
  n0,
  _DSC,
  0,
  [_Ty, _En, _Po, _D, _Tab, _SWT, _DSAC, _DSVPCC, _SSLM, _Co, _SK],
  [0, 0, 1, () => DatabaseList$, () => DatabaseTableList$, 0, () => DatabaseSourceAuthenticationConfiguration$, () => DatabaseSourceVPCConfiguration$, 0, () => DatabaseColumnList$, 64 | 0],
  8
];
var DatabaseSourceDescription$ = [
  3,
  n0,
  _DSD,
  0,
  [_Ty, _En, _Po, _SSLM, _D, _Tab, _Co, _SK, _SWT, _SI, _DSAC, _DSVPCC],
  [0, 0, 1, 0, () => DatabaseList$, () => DatabaseTableList$, () => DatabaseColumnList$, 64 | 0, 0, () => DatabaseSnapshotInfoList, () => DatabaseSourceAuthenticationConfiguration$, () => DatabaseSourceVPCConfiguration$]
];
var DatabaseSourceVPCConfiguration$ = [
  3,
  n0,
  _DSVPCC,
  0,
  [_VESN],
  [0],
  1
];
var DatabaseTableList$ = [
  3,
  n0,
  _DTL,
  0,
  [_I, _Ex],
  [64 | 0, 64 | 0]
];
var DataFormatConversionConfiguration$ = [
  3,
  n0,
  _DFCC,
  0,
  [_SCc, _IFC, _OFC, _E],
  [() => SchemaConfiguration$, () => InputFormatConfiguration$, () => OutputFormatConfiguration$, 2]
];
var DeliveryStreamDescription$ = [
  3,
  n0,
  _DSDe,
  0,
  [_DSN, _DSARN, _DSS, _DST, _VI, _De, _HMD, _FD, _DSEC, _CT, _LUT, _So],
  [0, 0, 0, 0, 0, [() => DestinationDescriptionList, 0], 2, () => FailureDescription$, () => DeliveryStreamEncryptionConfiguration$, 4, 4, () => SourceDescription$],
  7
];
var DeliveryStreamEncryptionConfiguration$ = [
  3,
  n0,
  _DSEC,
  0,
  [_KARN, _KT, _S, _FD],
  [0, 0, 0, () => FailureDescription$]
];
var DeliveryStreamEncryptionConfigurationInput$ = [
  3,
  n0,
  _DSECI,
  0,
  [_KT, _KARN],
  [0, 0],
  1
];
var DescribeDeliveryStreamInput$ = [
  3,
  n0,
  _DDSIe,
  0,
  [_DSN, _L, _ESDI],
  [0, 1, 0],
  1
];
var DescribeDeliveryStreamOutput$ = [
  3,
  n0,
  _DDSOe,
  0,
  [_DSDe],
  [[() => DeliveryStreamDescription$, 0]],
  1
];
var Deserializer$ = [
  3,
  n0,
  _Des,
  0,
  [_OXJSD, _HJSD],
  [() => OpenXJsonSerDe$, () => HiveJsonSerDe$]
];
var DestinationDescription$ = [
  3,
  n0,
  _DD,
  0,
  [_DI, _SDD, _ESDD, _RDD, _EDD, _ADD, _SDDp, _HEDD, _SDDn, _AOSSDD, _IDD],
  [0, () => S3DestinationDescription$, () => ExtendedS3DestinationDescription$, [() => RedshiftDestinationDescription$, 0], () => ElasticsearchDestinationDescription$, () => AmazonopensearchserviceDestinationDescription$, () => SplunkDestinationDescription$, [() => HttpEndpointDestinationDescription$, 0], [() => SnowflakeDestinationDescription$, 0], () => AmazonOpenSearchServerlessDestinationDescription$, () => IcebergDestinationDescription$],
  1
];
var DestinationTableConfiguration$ = [
  3,
  n0,
  _DTCe,
  0,
  [_DTNe, _DDN, _UK, _PS, _SEOP],
  [0, 0, 64 | 0, () => PartitionSpec$, 0],
  2
];
var DirectPutSourceDescription$ = [
  3,
  n0,
  _DPSD,
  0,
  [_THIMB],
  [1]
];
var DocumentIdOptions$ = [
  3,
  n0,
  _DIO,
  0,
  [_DDIF],
  [0],
  1
];
var DynamicPartitioningConfiguration$ = [
  3,
  n0,
  _DPC,
  0,
  [_RO, _E],
  [() => RetryOptions$, 2]
];
var ElasticsearchBufferingHints$ = [
  3,
  n0,
  _EBH,
  0,
  [_IIS, _SIMB],
  [1, 1]
];
var ElasticsearchDestinationDescription$ = [
  3,
  n0,
  _EDD,
  0,
  [_RARN, _DARN, _CEl, _IN, _TN, _IRP, _BH, _RO, _SBM, _SDD, _PC, _CWLO, _VCD, _DIO],
  [0, 0, 0, 0, 0, 0, () => ElasticsearchBufferingHints$, () => ElasticsearchRetryOptions$, 0, () => S3DestinationDescription$, () => ProcessingConfiguration$, () => CloudWatchLoggingOptions$, () => VpcConfigurationDescription$, () => DocumentIdOptions$]
];
var ElasticsearchRetryOptions$ = [
  3,
  n0,
  _ERO,
  0,
  [_DIS],
  [1]
];
var EncryptionConfiguration$ = [
  3,
  n0,
  _EC,
  0,
  [_NEC, _KMSEC],
  [0, () => KMSEncryptionConfig$]
];
var ExtendedS3DestinationDescription$ = [
  3,
  n0,
  _ESDD,
  0,
  [_RARN, _BARN, _BH, _CF, _EC, _Pr, _EOP, _CWLO, _PC, _SBM, _SBD, _DFCC, _DPC, _FE, _CTZ],
  [0, 0, () => BufferingHints$, 0, () => EncryptionConfiguration$, 0, 0, () => CloudWatchLoggingOptions$, () => ProcessingConfiguration$, 0, () => S3DestinationDescription$, () => DataFormatConversionConfiguration$, () => DynamicPartitioningConfiguration$, 0, 0],
  5
];
var FailureDescription$ = [
  3,
  n0,
  _FD,
  0,
  [_Ty, _Det],
  [0, 0],
  2
];
var HiveJsonSerDe$ = [
  3,
  n0,
  _HJSD,
  0,
  [_TF],
  [64 | 0]
];
var HttpEndpointBufferingHints$ = [
  3,
  n0,
  _HEBH,
  0,
  [_SIMB, _IIS],
  [1, 1]
];
var HttpEndpointCommonAttribute$ = [
  3,
  n0,
  _HECA,
  0,
  [_AN, _AV],
  [[() => HttpEndpointAttributeName, 0], [() => HttpEndpointAttributeValue, 0]],
  2
];
var HttpEndpointDescription$ = [
  3,
  n0,
  _HED,
  0,
  [_Ur, _N],
  [[() => HttpEndpointUrl, 0], 0]
];
var HttpEndpointDestinationDescription$ = [
  3,
  n0,
  _HEDD,
  0,
  [_ECn, _BH, _CWLO, _RC, _PC, _RARN, _RO, _SBM, _SDD, _SMC],
  [[() => HttpEndpointDescription$, 0], () => HttpEndpointBufferingHints$, () => CloudWatchLoggingOptions$, [() => HttpEndpointRequestConfiguration$, 0], () => ProcessingConfiguration$, 0, () => HttpEndpointRetryOptions$, 0, () => S3DestinationDescription$, () => SecretsManagerConfiguration$]
];
var HttpEndpointRequestConfiguration$ = [
  3,
  n0,
  _HERC,
  0,
  [_CEo, _CA],
  [0, [() => HttpEndpointCommonAttributesList, 0]]
];
var HttpEndpointRetryOptions$ = [
  3,
  n0,
  _HERO,
  0,
  [_DIS],
  [1]
];
var IcebergDestinationDescription$ = [
  3,
  n0,
  _IDD,
  0,
  [_DTCL, _SEC, _TCC, _BH, _CWLO, _PC, _SBM, _RO, _RARN, _AO, _CC, _SDD],
  [() => DestinationTableConfigurationList, () => SchemaEvolutionConfiguration$, () => TableCreationConfiguration$, () => BufferingHints$, () => CloudWatchLoggingOptions$, () => ProcessingConfiguration$, 0, () => RetryOptions$, 0, 2, () => CatalogConfiguration$, () => S3DestinationDescription$]
];
var InputFormatConfiguration$ = [
  3,
  n0,
  _IFC,
  0,
  [_Des],
  [() => Deserializer$]
];
var KinesisStreamSourceDescription$ = [
  3,
  n0,
  _KSSD,
  0,
  [_KSARN, _RARN, _DSTe],
  [0, 0, 4]
];
var KMSEncryptionConfig$ = [
  3,
  n0,
  _KMSEC,
  0,
  [_AWSKMSKARN],
  [0],
  1
];
var ListDeliveryStreamsInput$ = [
  3,
  n0,
  _LDSI,
  0,
  [_L, _DST, _ESDSN],
  [1, 0, 0]
];
var ListDeliveryStreamsOutput$ = [
  3,
  n0,
  _LDSO,
  0,
  [_DSNe, _HMDS],
  [64 | 0, 2],
  2
];
var MSKSourceDescription$ = [
  3,
  n0,
  _MSKSD,
  0,
  [_MSKCARN, _TNo, _AC, _DSTe, _RFT],
  [0, 0, () => AuthenticationConfiguration$, 4, 4]
];
var OpenXJsonSerDe$ = [
  3,
  n0,
  _OXJSD,
  0,
  [_CDIJKTU, _CI, _CTJKM],
  [2, 2, 128 | 0]
];
var OrcSerDe$ = [
  3,
  n0,
  _OSD,
  0,
  [_SSB, _BSB, _RIS, _EP, _PT, _Com, _BFC, _BFFPP, _DKT, _FV],
  [1, 1, 1, 2, 1, 0, 64 | 0, 1, 1, 0]
];
var OutputFormatConfiguration$ = [
  3,
  n0,
  _OFC,
  0,
  [_Se],
  [() => Serializer$]
];
var ParquetSerDe$ = [
  3,
  n0,
  _PSD,
  0,
  [_BSB, _PSB, _Com, _EDCn, _MPB, _WV],
  [1, 1, 0, 2, 1, 0]
];
var PartitionField$ = [
  3,
  n0,
  _PF,
  0,
  [_SN],
  [0],
  1
];
var PartitionSpec$ = [
  3,
  n0,
  _PS,
  0,
  [_Ide],
  [() => PartitionFields]
];
var ProcessingConfiguration$ = [
  3,
  n0,
  _PC,
  0,
  [_E, _Pro],
  [2, () => ProcessorList]
];
var Processor$ = [
  3,
  n0,
  _Proc,
  0,
  [_Ty, _Pa],
  [0, () => ProcessorParameterList],
  1
];
var ProcessorParameter$ = [
  3,
  n0,
  _PP,
  0,
  [_PN, _PV],
  [0, 0],
  2
];
var PutRecordInput$ = [
  3,
  n0,
  _PRI,
  0,
  [_DSN, _Re],
  [0, () => _Record$],
  2
];
var PutRecordOutput$ = [
  3,
  n0,
  _PRO,
  0,
  [_RI, _Enc],
  [0, 2],
  1
];
var _Record$ = [
  3,
  n0,
  _Re,
  0,
  [_Da],
  [21],
  1
];
var RedshiftDestinationDescription$ = [
  3,
  n0,
  _RDD,
  0,
  [_RARN, _CJDBCURL, _CCo, _SDD, _U, _RO, _PC, _SBM, _SBD, _CWLO, _SMC],
  [0, 0, () => CopyCommand$, () => S3DestinationDescription$, [() => Username, 0], () => RedshiftRetryOptions$, () => ProcessingConfiguration$, 0, () => S3DestinationDescription$, () => CloudWatchLoggingOptions$, () => SecretsManagerConfiguration$],
  4
];
var RedshiftRetryOptions$ = [
  3,
  n0,
  _RRO,
  0,
  [_DIS],
  [1]
];
var RetryOptions$ = [
  3,
  n0,
  _RO,
  0,
  [_DIS],
  [1]
];
var S3DestinationDescription$ = [
  3,
  n0,
  _SDD,
  0,
  [_RARN, _BARN, _BH, _CF, _EC, _Pr, _EOP, _CWLO],
  [0, 0, () => BufferingHints$, 0, () => EncryptionConfiguration$, 0, 0, () => CloudWatchLoggingOptions$],
  5
];
var SchemaConfiguration$ = [
  3,
  n0,
  _SCc,
  0,
  [_RARN, _CIa, _DN, _TNa, _Reg, _VI],
  [0, 0, 0, 0, 0, 0]
];
var SchemaEvolutionConfiguration$ = [
  3,
  n0,
  _SEC,
  0,
  [_E],
  [2],
  1
];
var SecretsManagerConfiguration$ = [
  3,
  n0,
  _SMC,
  0,
  [_E, _SARN, _RARN],
  [2, 0, 0],
  1
];
var Serializer$ = [
  3,
  n0,
  _Se,
  0,
  [_PSD, _OSD],
  [() => ParquetSerDe$, () => OrcSerDe$]
];
var SnowflakeBufferingHints$ = [
  3,
  n0,
  _SBH,
  0,
  [_SIMB, _IIS],
  [1, 1]
];
var SnowflakeDestinationDescription$ = [
  3,
  n0,
  _SDDn,
  0,
  [_AU, _Us, _Dat, _Sc, _Ta, _SRC, _DLO, _MDCN, _CCN, _SVC, _CWLO, _PC, _RARN, _RO, _SBM, _SDD, _SMC, _BH],
  [[() => SnowflakeAccountUrl, 0], [() => SnowflakeUser, 0], [() => SnowflakeDatabase, 0], [() => SnowflakeSchema, 0], [() => SnowflakeTable, 0], [() => SnowflakeRoleConfiguration$, 0], 0, [() => SnowflakeMetaDataColumnName, 0], [() => SnowflakeContentColumnName, 0], [() => SnowflakeVpcConfiguration$, 0], () => CloudWatchLoggingOptions$, () => ProcessingConfiguration$, 0, () => SnowflakeRetryOptions$, 0, () => S3DestinationDescription$, () => SecretsManagerConfiguration$, () => SnowflakeBufferingHints$]
];
var SnowflakeRetryOptions$ = [
  3,
  n0,
  _SRO,
  0,
  [_DIS],
  [1]
];
var SnowflakeRoleConfiguration$ = [
  3,
  n0,
  _SRC,
  0,
  [_E, _SR],
  [2, [() => SnowflakeRole, 0]]
];
var SnowflakeVpcConfiguration$ = [
  3,
  n0,
  _SVC,
  0,
  [_PLVI],
  [[() => SnowflakePrivateLinkVpceId, 0]],
  1
];
var SourceDescription$ = [
  3,
  n0,
  _SDo,
  0,
  [_DPSD, _KSSD, _MSKSD, _DSD],
  [() => DirectPutSourceDescription$, () => KinesisStreamSourceDescription$, () => MSKSourceDescription$, () => DatabaseSourceDescription$]
];
var SplunkBufferingHints$ = [
  3,
  n0,
  _SBHp,
  0,
  [_IIS, _SIMB],
  [1, 1]
];
var SplunkDestinationDescription$ = [
  3,
  n0,
  _SDDp,
  0,
  [_HECE, _HECET, _HECT, _HECATIS, _RO, _SBM, _SDD, _PC, _CWLO, _BH, _SMC],
  [0, 0, 0, 1, () => SplunkRetryOptions$, 0, () => S3DestinationDescription$, () => ProcessingConfiguration$, () => CloudWatchLoggingOptions$, () => SplunkBufferingHints$, () => SecretsManagerConfiguration$]
];
var SplunkRetryOptions$ = [
  3,
  n0,
  _SROp,
  0,
  [_DIS],
  [1]
];
var StartDeliveryStreamEncryptionInput$ = [
  3,
  n0,
  _SDSEI,
  0,
  [_DSN, _DSECI],
  [0, () => DeliveryStreamEncryptionConfigurationInput$],
  1
];
var StartDeliveryStreamEncryptionOutput$ = [
  3,
  n0,
  _SDSEO,
  0,
  [],
  []
];
var TableCreationConfiguration$ = [
  3,
  n0,
  _TCC,
  0,
  [_E],
  [2],
  1
];
var UntagDeliveryStreamInput$ = [
  3,
  n0,
  _UDSI,
  0,
  [_DSN, _TK],
  [0, 64 | 0],
  2
];
var VpcConfiguration$ = [
  3,
  n0,
  _VC,
  0,
  [_SIu, _RARN, _SGI],
  [64 | 0, 0, 64 | 0],
  3
];
var VpcConfigurationDescription$ = [
  3,
  n0,
  _VCD,
  0,
  [_SIu, _RARN, _SGI, _VIp],
  [64 | 0, 0, 64 | 0, 0],
  4
];
var DatabaseColumnIncludeOrExcludeList = 64 | 0;
var DatabaseIncludeOrExcludeList = 64 | 0;
var DatabaseSnapshotInfoList = [
  1,
  n0,
  _DSIL,
  0,
  () => DatabaseSnapshotInfo$
];
var DatabaseSurrogateKeyList = 64 | 0;
var DatabaseTableIncludeOrExcludeList = 64 | 0;
var DeliveryStreamNameList = 64 | 0;
var DestinationDescriptionList = [
  1,
  n0,
  _DDL,
  0,
  [
    () => DestinationDescription$,
    0
  ]
];
var DestinationTableConfigurationList = [
  1,
  n0,
  _DTCL,
  0,
  () => DestinationTableConfiguration$
];
var HttpEndpointCommonAttributesList = [
  1,
  n0,
  _HECAL,
  0,
  [
    () => HttpEndpointCommonAttribute$,
    0
  ]
];
var ListOfNonEmptyStrings = 64 | 0;
var ListOfNonEmptyStringsWithoutWhitespace = 64 | 0;
var PartitionFields = [
  1,
  n0,
  _PFa,
  0,
  () => PartitionField$
];
var ProcessorList = [
  1,
  n0,
  _PL,
  0,
  () => Processor$
];
var ProcessorParameterList = [
  1,
  n0,
  _PPL,
  0,
  () => ProcessorParameter$
];
var SecurityGroupIdList = 64 | 0;
var SubnetIdList = 64 | 0;
var TagKeyList = 64 | 0;
var ColumnToJsonKeyMappings = 128 | 0;
var DescribeDeliveryStream$ = [
  9,
  n0,
  _DDSe,
  0,
  () => DescribeDeliveryStreamInput$,
  () => DescribeDeliveryStreamOutput$
];
var ListDeliveryStreams$ = [
  9,
  n0,
  _LDS,
  0,
  () => ListDeliveryStreamsInput$,
  () => ListDeliveryStreamsOutput$
];
var PutRecord$ = [
  9,
  n0,
  _PR,
  0,
  () => PutRecordInput$,
  () => PutRecordOutput$
];
var StartDeliveryStreamEncryption$ = [
  9,
  n0,
  _SDSE,
  0,
  () => StartDeliveryStreamEncryptionInput$,
  () => StartDeliveryStreamEncryptionOutput$
];

// node_modules/@aws-sdk/client-firehose/dist-es/runtimeConfig.shared.js
var getRuntimeConfig = (config) => {
  return {
    apiVersion: "2015-08-04",
    base64Decoder: config?.base64Decoder ?? fromBase64,
    base64Encoder: config?.base64Encoder ?? toBase64,
    disableHostPrefix: config?.disableHostPrefix ?? false,
    endpointProvider: config?.endpointProvider ?? defaultEndpointResolver,
    extensions: config?.extensions ?? [],
    httpAuthSchemeProvider: config?.httpAuthSchemeProvider ?? defaultFirehoseHttpAuthSchemeProvider,
    httpAuthSchemes: config?.httpAuthSchemes ?? [
      {
        schemeId: "aws.auth#sigv4",
        identityProvider: (ipc) => ipc.getIdentityProvider("aws.auth#sigv4"),
        signer: new AwsSdkSigV4Signer()
      }
    ],
    logger: config?.logger ?? new NoOpLogger(),
    protocol: config?.protocol ?? AwsJson1_1Protocol,
    protocolSettings: config?.protocolSettings ?? {
      defaultNamespace: "com.amazonaws.firehose",
      errorTypeRegistries,
      xmlNamespace: "http://firehose.amazonaws.com/doc/2015-08-04",
      version: "2015-08-04",
      serviceTarget: "Firehose_20150804"
    },
    serviceId: config?.serviceId ?? "Firehose",
    sha256: config?.sha256 ?? Sha256Node,
    urlParser: config?.urlParser ?? parseUrl,
    utf8Decoder: config?.utf8Decoder ?? fromUtf8,
    utf8Encoder: config?.utf8Encoder ?? toUtf8
  };
};

// node_modules/@aws-sdk/client-firehose/dist-es/runtimeConfig.js
var getRuntimeConfig2 = (config) => {
  emitWarningIfUnsupportedVersion2(process.version);
  const defaultsMode = resolveDefaultsModeConfig(config);
  const defaultConfigProvider = () => defaultsMode().then(loadConfigsForDefaultMode);
  const clientSharedValues = getRuntimeConfig(config);
  emitWarningIfUnsupportedVersion(process.version);
  const loaderConfig = {
    profile: config?.profile,
    logger: clientSharedValues.logger
  };
  return {
    ...clientSharedValues,
    ...config,
    runtime: "node",
    defaultsMode,
    authSchemePreference: config?.authSchemePreference ?? loadConfig(NODE_AUTH_SCHEME_PREFERENCE_OPTIONS, loaderConfig),
    bodyLengthChecker: config?.bodyLengthChecker ?? calculateBodyLength,
    credentialDefaultProvider: config?.credentialDefaultProvider ?? defaultProvider,
    defaultSocketTimeout: getDefaultSocketTimeout(config?.requestHandler, 3e5),
    defaultUserAgentProvider: config?.defaultUserAgentProvider ?? createDefaultUserAgentProvider({ serviceId: clientSharedValues.serviceId, clientVersion: package_default.version }),
    maxAttempts: config?.maxAttempts ?? loadConfig(NODE_MAX_ATTEMPT_CONFIG_OPTIONS, config),
    region: config?.region ?? loadConfig(NODE_REGION_CONFIG_OPTIONS, { ...NODE_REGION_CONFIG_FILE_OPTIONS, ...loaderConfig }),
    requestHandler: NodeHttpHandler.create(config?.requestHandler ?? defaultConfigProvider),
    retryMode: config?.retryMode ?? loadConfig({
      ...NODE_RETRY_MODE_CONFIG_OPTIONS,
      default: async () => (await defaultConfigProvider()).retryMode || DEFAULT_RETRY_MODE
    }, config),
    streamCollector: config?.streamCollector ?? streamCollector,
    useDualstackEndpoint: config?.useDualstackEndpoint ?? loadConfig(NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
    useFipsEndpoint: config?.useFipsEndpoint ?? loadConfig(NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
    userAgentAppId: config?.userAgentAppId ?? loadConfig(NODE_APP_ID_CONFIG_OPTIONS, loaderConfig)
  };
};

// node_modules/@aws-sdk/client-firehose/dist-es/auth/httpAuthExtensionConfiguration.js
var getHttpAuthExtensionConfiguration = (runtimeConfig) => {
  const _httpAuthSchemes = runtimeConfig.httpAuthSchemes;
  let _httpAuthSchemeProvider = runtimeConfig.httpAuthSchemeProvider;
  let _credentials = runtimeConfig.credentials;
  return {
    setHttpAuthScheme(httpAuthScheme) {
      const index = _httpAuthSchemes.findIndex((scheme) => scheme.schemeId === httpAuthScheme.schemeId);
      if (index === -1) {
        _httpAuthSchemes.push(httpAuthScheme);
      } else {
        _httpAuthSchemes.splice(index, 1, httpAuthScheme);
      }
    },
    httpAuthSchemes() {
      return _httpAuthSchemes;
    },
    setHttpAuthSchemeProvider(httpAuthSchemeProvider) {
      _httpAuthSchemeProvider = httpAuthSchemeProvider;
    },
    httpAuthSchemeProvider() {
      return _httpAuthSchemeProvider;
    },
    setCredentials(credentials) {
      _credentials = credentials;
    },
    credentials() {
      return _credentials;
    }
  };
};
var resolveHttpAuthRuntimeConfig = (config) => {
  return {
    httpAuthSchemes: config.httpAuthSchemes(),
    httpAuthSchemeProvider: config.httpAuthSchemeProvider(),
    credentials: config.credentials()
  };
};

// node_modules/@aws-sdk/client-firehose/dist-es/runtimeExtensions.js
var resolveRuntimeExtensions = (runtimeConfig, extensions) => {
  const extensionConfiguration = Object.assign(getAwsRegionExtensionConfiguration(runtimeConfig), getDefaultExtensionConfiguration(runtimeConfig), getHttpHandlerExtensionConfiguration(runtimeConfig), getHttpAuthExtensionConfiguration(runtimeConfig));
  extensions.forEach((extension) => extension.configure(extensionConfiguration));
  return Object.assign(runtimeConfig, resolveAwsRegionExtensionConfiguration(extensionConfiguration), resolveDefaultRuntimeConfig(extensionConfiguration), resolveHttpHandlerRuntimeConfig(extensionConfiguration), resolveHttpAuthRuntimeConfig(extensionConfiguration));
};

// node_modules/@aws-sdk/client-firehose/dist-es/FirehoseClient.js
var FirehoseClient = class extends Client {
  config;
  constructor(...[configuration]) {
    const _config_0 = getRuntimeConfig2(configuration || {});
    super(_config_0);
    this.initConfig = _config_0;
    const _config_1 = resolveClientEndpointParameters(_config_0);
    const _config_2 = resolveUserAgentConfig(_config_1);
    const _config_3 = resolveRetryConfig(_config_2);
    const _config_4 = resolveRegionConfig(_config_3);
    const _config_5 = resolveHostHeaderConfig(_config_4);
    const _config_6 = resolveEndpointConfig(_config_5);
    const _config_7 = resolveHttpAuthSchemeConfig(_config_6);
    const _config_8 = resolveRuntimeExtensions(_config_7, configuration?.extensions || []);
    this.config = _config_8;
    this.middlewareStack.use(getSchemaSerdePlugin(this.config));
    this.middlewareStack.use(getUserAgentPlugin(this.config));
    this.middlewareStack.use(getRetryPlugin(this.config));
    this.middlewareStack.use(getContentLengthPlugin(this.config));
    this.middlewareStack.use(getHostHeaderPlugin(this.config));
    this.middlewareStack.use(getLoggerPlugin(this.config));
    this.middlewareStack.use(getRecursionDetectionPlugin(this.config));
    this.middlewareStack.use(getHttpAuthSchemeEndpointRuleSetPlugin(this.config, {
      httpAuthSchemeParametersProvider: defaultFirehoseHttpAuthSchemeParametersProvider,
      identityProviderConfigProvider: async (config) => new DefaultIdentityProviderConfig({
        "aws.auth#sigv4": config.credentials
      })
    }));
    this.middlewareStack.use(getHttpSigningPlugin(this.config));
  }
  destroy() {
    super.destroy();
  }
};

// node_modules/@aws-sdk/client-firehose/dist-es/commandBuilder.js
var command = makeBuilder(commonParams, "Firehose_20150804", "FirehoseClient", getEndpointPlugin);
var _ep0 = {};
var _mw0 = (Command, cs, config, o) => [];

// node_modules/@aws-sdk/client-firehose/dist-es/commands/DescribeDeliveryStreamCommand.js
var DescribeDeliveryStreamCommand = class extends command(_ep0, _mw0, "DescribeDeliveryStream", DescribeDeliveryStream$) {
};

// node_modules/@aws-sdk/client-firehose/dist-es/commands/ListDeliveryStreamsCommand.js
var ListDeliveryStreamsCommand = class extends command(_ep0, _mw0, "ListDeliveryStreams", ListDeliveryStreams$) {
};

// node_modules/@aws-sdk/client-firehose/dist-es/commands/PutRecordCommand.js
var PutRecordCommand = class extends command(_ep0, _mw0, "PutRecord", PutRecord$) {
};

// node_modules/@aws-sdk/client-firehose/dist-es/commands/StartDeliveryStreamEncryptionCommand.js
var StartDeliveryStreamEncryptionCommand = class extends command(_ep0, _mw0, "StartDeliveryStreamEncryption", StartDeliveryStreamEncryption$) {
};

// src/aws/firehose.ts
var PREVIOUS_KEY_NEEDED_HOURS = 24;
var PAGE_SIZE = 1e4;
function firehoseStreams(connection) {
  const { region } = connection.config;
  const client = new FirehoseClient(connection.config);
  return {
    minPollIntervalMs: minPollIntervalMs("firehose:DescribeDeliveryStream"),
    async names(after, signal) {
      const call = { action: "firehose:ListDeliveryStreams", resource: "all delivery streams", region };
      const start = after === null ? {} : { ExclusiveStartDeliveryStreamName: after };
      const command2 = new ListDeliveryStreamsCommand({ ...start, Limit: PAGE_SIZE });
      const page = await callAws(connection, call, command2, (options) => client.send(command2, options), { signal });
      const names = required(call, page.DeliveryStreamNames);
      return { items: names, next: nextName(page.HasMoreDeliveryStreams, names.at(-1), after) };
    },
    async describe(stream, signal, { onReady, pollWithinMs = 0 } = {}) {
      const call = callOn(stream, "DescribeDeliveryStream", region);
      const command2 = new DescribeDeliveryStreamCommand({ DeliveryStreamName: stream.name });
      const answer = await callAws(connection, call, command2, (options) => client.send(command2, options), {
        signal,
        onReady,
        yieldMs: yieldTimeMs(pollWithinMs)
      });
      return toObservation(required(call, answer.DeliveryStreamDescription));
    },
    async startEncryption(stream, target, signal, onSend) {
      const call = callOn(stream, "StartDeliveryStreamEncryption", region);
      const command2 = new StartDeliveryStreamEncryptionCommand({
        DeliveryStreamName: stream.name,
        DeliveryStreamEncryptionConfigurationInput: toConfiguration(target)
      });
      await callAws(connection, call, command2, (options) => client.send(command2, options), {
        signal,
        onSend,
        isSentOnce: true
      });
    },
    async putRecord(stream, signal) {
      const call = callOn(stream, "PutRecord", region);
      const command2 = new PutRecordCommand({
        DeliveryStreamName: stream.name,
        Record: { Data: Buffer.from("stream-encryption\n") }
      });
      const answer = await callAws(connection, call, command2, (options) => client.send(command2, options), { signal });
      return answer.Encrypted === true;
    }
  };
}
function toConfiguration({ type, id }) {
  return type === "aws-owned" ? { KeyType: "AWS_OWNED_CMK" } : { KeyType: "CUSTOMER_MANAGED_CMK", KeyARN: id };
}
function callOn({ name, arn }, operation, region) {
  return { action: `firehose:${operation}`, resource: arn ?? `the delivery stream ${name}`, region };
}
function toObservation(description) {
  const encryption = description.DeliveryStreamEncryptionConfiguration;
  const key = encryption === void 0 ? null : toReportedKey(encryption);
  const status = encryption?.Status ?? (key === null ? "DISABLED" : "nothing");
  const observation = {
    arn: description.DeliveryStreamARN ?? "",
    status,
    encrypted: "unknown",
    key: null,
    failure: toFailure(encryption?.FailureDescription),
    source: null,
    previousKeyNeededHours: PREVIOUS_KEY_NEEDED_HOURS
  };
  const source = description.DeliveryStreamType ?? "DirectPut";
  if (source !== "DirectPut") return { ...observation, phase: "not-applicable", source };
  switch (description.DeliveryStreamStatus) {
    case "CREATING":
      return { ...observation, phase: "changing" };
    case "CREATING_FAILED":
      return { ...observation, phase: "not-created", failure: toFailure(description.FailureDescription) };
    case "DELETING":
    case "DELETING_FAILED":
      return { ...observation, phase: "deleting" };
  }
  switch (status) {
    case "ENABLED":
      return { ...observation, phase: "final", encrypted: "true", key };
    case "DISABLED":
      return { ...observation, phase: "final", encrypted: "false" };
    case "ENABLING":
    case "DISABLING":
      return { ...observation, phase: "changing" };
    case "ENABLING_FAILED":
      return { ...observation, phase: "failed" };
    case "DISABLING_FAILED":
      return key === null ? { ...observation, phase: "unclear" } : { ...observation, phase: "final", encrypted: "true", key };
    default:
      return { ...observation, phase: "unclear" };
  }
}
function toReportedKey({ KeyType, KeyARN }) {
  if (KeyType === void 0 && KeyARN === void 0) return null;
  return { type: KEY_TYPES.get(KeyType ?? "") ?? null, id: KeyARN ?? "" };
}
var KEY_TYPES = /* @__PURE__ */ new Map([
  ["AWS_OWNED_CMK", "aws-owned"],
  ["CUSTOMER_MANAGED_CMK", "customer-managed"]
]);
function toFailure(failure) {
  if (failure === void 0) return null;
  const { Type: type = "UNKNOWN_ERROR", Details: details = "no details" } = failure;
  return {
    reason: truncate(`${type}: ${details.replace(/\.+$/, "")}`),
    advice: FAILURE_ADVICE.get(type) ?? "",
    isRetryable: RETRYABLE.has(type)
  };
}
var RETRYABLE = /* @__PURE__ */ new Set(["CREATE_KMS_GRANT_FAILED", "KMS_ACCESS_DENIED"]);
var FAILURE_ADVICE = new Map(
  Object.entries({
    CREATE_KMS_GRANT_FAILED: "Grant kms:CreateGrant on the key to the role of this step, in the role's policy and in the key policy; Firehose refuses a session older than 6 hours",
    KMS_ACCESS_DENIED: "Allow kms:CreateGrant, kms:GenerateDataKey and kms:Decrypt to the role of this step in the key policy; Firehose refuses a session older than 6 hours",
    RETIRE_KMS_GRANT_FAILED: "Allow kms:RetireGrant to the role of this step in the policy of the previous key",
    DISABLED_KMS_KEY: "Enable the key, or use another one",
    INVALID_KMS_KEY: "Use a symmetric key for ENCRYPT_DECRYPT that is not pending deletion",
    KMS_KEY_NOT_FOUND: "Check that the key exists in the stream's region",
    KMS_OPT_IN_REQUIRED: "The account is not subscribed to KMS: contact AWS Support"
  })
);
export {
  firehoseStreams,
  toObservation
};
