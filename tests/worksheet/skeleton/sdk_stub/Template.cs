// Names and signatures of the vendor's template, written from its public sources as facts, not from the skeleton's
// templates. Template: ipaas-com/iPaaS.Integration.Template at c2712fa. Of Newtonsoft.Json only two attributes.
using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Integration.Abstract.Helpers;
using Integration.Data.Interface;

namespace Newtonsoft.Json
{
    // Newtonsoft.Json 13, JsonPropertyAttribute and JsonIgnoreAttribute
    [AttributeUsage(AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Parameter)]
    public sealed class JsonPropertyAttribute : Attribute
    {
        public JsonPropertyAttribute(string propertyName) { PropertyName = propertyName; }
        public string PropertyName { get; set; }
    }

    [AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
    public sealed class JsonIgnoreAttribute : Attribute { }
}

namespace Integration
{
    // Template Constants.cs
    public class Constants
    {
        public enum TM_MappingCollectionType
        {
            NONE = 0,
            PRODUCT = 1,
            PRODUCT_UNIT = 2,
            PRODUCT_INVENTORY = 3,
            PRODUCT_VARIANT = 4,
            PRODUCT_VARIANT_INVENTORY = 5,
            PRODUCT_CATEGORY = 6,
            LOCATION = 7,
            CUSTOMER = 8,
            TRANSACTION = 9,
            TRANSACTION_LINE = 10,
            TRANSACTION_ADDRESS = 11,
            TRANSACTION_TAX = 12,
            TRANSACTION_PAYMENT = 13,
            TRANSACTION_TRACKING_NUMBER = 14,
            TRANSACTION_NOTE = 15,
            CUSTOMER_CATEGORY = 16,
            CUSTOMER_ADDRESS = 17,
            CUSTOMER_CONTACT = 18,
            SHIPMENT = 19,
            SHIPMENT_LINE = 20,
            SHIPPING_METHOD = 21,
            PAYMENT_METHOD = 22,
            PRODUCT_OPTION = 23,
            PRODUCT_OPTION_VALUE = 24,
            PRODUCT_VARIANT_OPTION = 25,
            PRODUCT_VARIANT_OPTION_VALUE = 26,
            GIFT_CARD = 27,
            GIFT_CARD_ACTIVITY = 28,
            TRANSACTION_DISCOUNT = 29,
            CATALOG_CATEGORY_SET = 30,
            KIT = 31,
            KIT_COMPONENT = 32,
            ALTERNATE_ID_TYPE = 33,
            PRODUCT_ALTERNATE_ID = 34,
            PRODUCT_VARIANT_ALTERNATE_ID = 35,
            PRODUCT_CATEGORY_ASSIGNMENT = 36,
            PRODUCT_VARIANT_CATEGORY_ASSIGNMENT = 37,
            LOCATION_GROUP = 38,
            VARIANT_KIT = 39,
            VARIANT_KIT_COMPONENT = 40,
            PRODUCT_RELATED_PRODUCT = 41,
            VARIANT_RELATED_PRODUCT = 42,
            EMPLOYEE = 43,
            EMPLOYEE_ADDRESS = 44,
            TIMESHEET = 45,
            TIMESHEET_ENTRY = 46,
            TRANSACTION_LINE_DISCOUNT = 47,
            MESSAGE = 48,
            CUSTOMER_COMPANY = 49,
            CUSTOMER_COMPANY_ADDRESS = 50,
            COMPANY_RELATIONSHIP = 51,
            CUSTOMER_RELATIONSHIP = 52,
            CUSTOMER_COMPANY_CATEGORY = 53,
            LOCATION_ADDRESS = 54,
            LCOATION_GROUP_LOCATION_ASSIGNMENT = 55,
            CATEGORY_SET_CATEGORY_ASSIGNMENT = 56,
            CUSTOMER_CATEGORY_ASSIGNMENT = 57,
            COMPANY_CATEGORY_ASSIGNMENT = 58,
            IMAGE = 59,
            IMAGE_ASSIGNMENT = 60,
            BULK_PRICE = 61,
            BULK_PRICE_ASSIGNMENT = 62,
            LOCATION_RELATIONSHIP = 63,
        }

        public enum TM_MappingDirection { TO_IPAAS = 1, FROM_IPAAS = 2 }

        public enum ScopeAction { NONE, CREATED, UPDATED, DELETED, INITIALIZE, ALL, BULK, POLL, OTHER }
    }
}

namespace Integration.Data.Interface
{
    // Template Interface/CallWrapper.cs
    public class CallWrapper : Integration.Abstract.CallWrapper
    {
        public override bool Connected { get { return false; } }
        public override string ConnectionMessage { get { return null; } }
    }
}

namespace Integration.DataModels
{
    // Template Models/AbstractIntegrationData.cs
    public abstract class AbstractIntegrationData : Attribute
    {
        public long QuotaResponseRequestsLeft;
        public long QuotaResponseRequestQuota;
        public long QuotaResponseResetMS;
        public long QuotaResponseWindowMS;
        public int TotalAPICalls = 1;
        public override object TypeId { get { return base.TypeId; } }
        public abstract object GetPrimaryId();
        public abstract void SetPrimaryId(string PrimaryId, bool ThrowErrorOnInvalid = false);
        public abstract Task<object> Get(CallWrapper activeCallWrapper, object _id);
        public abstract Task<object> Create(CallWrapper activeCallWrapper);
        public abstract Task<object> Update(CallWrapper activeCallWrapper);
        public abstract Task<object> Delete(CallWrapper activeCallWrapper, object _id);
        public abstract Task<List<BulkTransferRequest>> Poll(CallWrapper activeCallWrapper, string filter);
        public void HandleInvalidPrimaryId(
            string PrimaryId, bool ThrowErrorOnInvalid, string ClassName, string FieldName = "") { }
    }

    public class iPaaSIgnore : Attribute { }
}
