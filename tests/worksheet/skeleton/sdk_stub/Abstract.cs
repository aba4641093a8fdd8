// Names and signatures of the vendor's SDK, written from its public sources as facts, not from the skeleton's templates.
// SDK: ipaas-com/iPaaS.Integration.SDK at 2fe8c99. Bodies are empty: nothing here runs but what a test needs.
using System;
using System.Collections;
using System.Collections.Generic;

namespace Integration.Abstract
{
    // SDK Constants.cs
    public class Constants
    {
        public enum SY_DataType { NONE, STRING, NUMBER, BOOL, GUID, ENCRYPTED, PASSWORD, ENUM, DATE, DATETIME }
        public enum TM_SyncType
        {
            UNKNOWN = 0, ADD = 1, UPDATE = 2, ADD_AND_UPDATE = 3, DELETE = 4, DELETE_TRIGGERED_UPDATE = 5
        }
        public enum WH_ExternalSupport { NONE, FULL_SUPPORT, LOGICAL_SUPPORT_FOR_POLLING }
    }

    // SDK MetaData.cs
    public abstract class MetaData
    {
        public Model.IntegrationInfo Info;
        public List<Model.TableInfo> Tables;
        public List<Model.Scope> Scopes;
        public List<Model.Preset> Presets;
        public List<Model.Features> FeatureSupport;
        public Model.WebhookConfiguration WebhookConfigurationSettings;
        public abstract void LoadMetaData();
    }

    // SDK CallWrapper.cs
    public abstract class CallWrapper
    {
        public Guid TrackingGuid;
        public abstract bool Connected { get; }
        public abstract string ConnectionMessage { get; }
    }

    // SDK Connection.cs
    public abstract class Connection
    {
        public long ExternalSystemId;
        public CallWrapper CallWrapper;
    }

    // SDK ConversionFunctions.cs
    public abstract class ConversionFunctions
    {
        public static Connection ContextConnection { get { return null; } }
        public static object Coalesce(params object[] list) { return null; }
        public static DateTime CoalesceToDateTime(params object[] list) { return default(DateTime); }
        public static decimal CoalesceToDecimal(params object[] list) { return 0; }
        public static int CoalesceToInt(params object[] list) { return 0; }
        public static long ConvertToLong(object obj) { return 0; }
        public static int ConvertToInt(object obj) { return 0; }
        public static decimal ConvertToDecimal(object obj) { return 0; }
        public static double ConvertToDouble(object obj) { return 0; }
        public static double TypesafeMultiplication(object a, object b) { return 0; }
        public static double TypesafeDivision(object numerator, object denomonator) { return 0; }
        public static object First(IEnumerable inputList) { return null; }
        public static DateTime? DateOnly(object input) { return null; }
        public static DateTime? LocalDateTimeFromDateTimeOffset(object input) { return null; }
        public static DateTimeOffset DateTimeOffsetFromLocalDateTime(object input) { return default(DateTimeOffset); }
        public static DateTime CurrentDateTime() { return default(DateTime); }
        public static DateTime MinimumDateTime() { return default(DateTime); }
        public static DateTime MaximumDateTime() { return default(DateTime); }
        public static DateTimeOffset CurrentDateTimeOffset() { return default(DateTimeOffset); }
        public static List<int> IntListFromString(object input) { return null; }
        public static List<string> StringListFromString(object input) { return null; }
        public static decimal Larger(object a, object b) { return 0; }
        public static Dictionary<string, string> JSONToDictionary(object input) { return null; }
        public static string ReadFromStringDictionary(object dictionary, object key) { return null; }
        public static string SubstringAfterLastMatch(object haystack, object needle) { return null; }
        public static string RemovePrefix(object prefix, object value) { return null; }
        public static bool RegExMatch(object input, object pattern) { return false; }
        public static bool WildcardMatch(object input, object pattern) { return false; }
        public static string Truncate(object input, object maxLength) { return null; }
        public static bool IsEmpty(object input) { return false; }
        public static bool IsNull(object value) { return false; }
    }
}

namespace Integration.Abstract.Helpers
{
    // SDK Helpers/iPaaSMetaDataAttribute.cs
    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Field, AllowMultiple = false)]
    public class iPaaSMetaDataAttribute : Attribute
    {
        public string Description { get; set; }
        public bool HasType { get; private set; }
        public Constants.SY_DataType Type { get; set; }
        public bool HasRequired { get; private set; }
        public bool Required { get; set; }
    }

    // SDK Helpers/BulkTransferRequest.cs
    public class BulkTransferRequest
    {
        public string ExternalId;
        public int? MappingCollectionType;
        public Guid? TrackingGuid;
        public BulkTransferRequest(string externalId, int? mappingCollectionType = null, Guid? trackingGuid = null) { }
    }
}

namespace Integration.Abstract.Model
{
    // SDK Model/IntegrationInfo.cs
    public class IntegrationInfo
    {
        public string Name;
        public string IntegrationFilename;
        public string IntegrationNamespace;
        public string ApiVersion;
        public int VersionMajor;
        public int VersionMinor;
        public int VersionPatch;
        public List<string> VersionCustomFieldNames;
        public int? OAuthAuthorizationTypeId;
        public string OAuthUrlTemplate;
        public string OAuthIdentifierField;
        public string OAuthSuccessCallbackField;
    }

    // SDK Model/TableInfo.cs
    public class TableInfo
    {
        public string Name;
        public string FriendlyName;
        public string Description;
        public long MappingCollectionTypeId;
        public List<FieldInfo> Fields;
    }

    public class FieldInfo
    {
        public string Name;
        public string Description;
        public string Type;
        public bool Required;
        public List<FieldValues> FieldValues;
    }

    public class FieldValues
    {
        public string Name;
        public string Value;
        public string Description;
    }

    // SDK Model/Scope.cs
    public class Scope
    {
        public string Name;
        public string Description;
        public long MappingCollectionTypeId;
        public int ScopeActionId;
    }

    // SDK Model/Preset.cs
    public class Preset
    {
        public string Name;
        public string DataType;
        public bool IsRequired;
        public string DefaultValue;
        public int? SortOrder;
        public List<PresetValue> PresetValues;
    }

    public class PresetValue
    {
        public string Value;
        public string Description;
    }

    // SDK Model/WebhookConfiguration.cs
    public class WebhookConfiguration
    {
        public string BodyPreprocessingExpression { get; set; }
        public bool HasMultiple { get; set; }
        public string MultipleSelector_JsonPath { get; set; }
    }

    // SDK Model/Features.cs
    public class Features
    {
        public enum SupportLevel { None, Partial, Full }
        public int MappingCollectionType { get; set; }
        public int MappingDirectionId { get; set; }
        public SupportLevel Support { get; set; }
        public string AdditionalInformation { get; set; }
        public bool AllowInitialization { get; set; }
        public bool? CollisionHandlingSupported { get; set; }
        public bool? CustomfieldSupported { get; set; }
        public bool? IndependentTransferSupported { get; set; }
        public bool? PollingSupported { get; set; }
        public bool? RecordMatchingSupported { get; set; }
        public int? ExternalWebhookSupportId { get; set; }
        public List<FeatureSupportEndpoint> SupportedEndpoints { get; set; }
        public List<ExternalIdFormat> ExternalIdFormats { get; set; }
        public List<FeatureSupportDataType> ExternalDataTypes { get; set; }
        public List<int> SupportedMethods { get; set; }
    }

    public class FeatureSupportEndpoint
    {
        public string Value { get; set; }
        public string Note { get; set; }
    }

    public class ExternalIdFormat
    {
        public string RecordExternalIdFormat { get; set; }
        public string WebhookExternalIdFormat { get; set; }
        public string Note { get; set; }
    }

    public class FeatureSupportDataType
    {
        public string Value { get; set; }
        public string Note { get; set; }
    }
}
