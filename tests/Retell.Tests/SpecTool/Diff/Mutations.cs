using Newtonsoft.Json.Linq;

namespace Retell.Tests.SpecTool.Diff;

/// <summary>What may happen to the document of the API next, one thing at a time.</summary>
internal static class Mutations
{
    public static void AddOperation(JObject document)
    {
        var source = (JObject)document["paths"]!["/get-voice/{voice_id}"]!.DeepClone();
        source["get"]!["operationId"] = "getRobotVoice";
        document["paths"]!["/get-robot-voice/{voice_id}"] = source;
    }

    public static void AddVariant(JObject document)
    {
        var schemas = (JObject)document["components"]!["schemas"]!;
        var tool = (JObject)schemas["EndCallTool"]!.DeepClone();
        tool["properties"]!["type"]!["enum"] = new JArray("whistle");
        schemas["WhistleTool"] = tool;
        ((JArray)schemas["Tool"]!["oneOf"]!).Add(new JObject { ["$ref"] = "#/components/schemas/WhistleTool" });
    }

    public static void AddEnumerationValue(JObject document) =>
        ((JArray)document.SelectToken("components.schemas.AgentRequest.properties.ambient_sound.enum")!).Add("rain-forest");

    public static void RenameProperty(JObject document)
    {
        var properties = (JObject)document.SelectToken("components.schemas.PhoneNumberResponse.properties")!;
        properties.Property("nickname")!.Replace(new JProperty("display_name", properties["nickname"]!.DeepClone()));
    }

    public static void TurnIntoUnion(JObject document) => document["components"]!["schemas"]!["VoiceResponse"] = JObject.Parse("""
        { "oneOf": [
            { "type": "object", "required": ["type"], "properties": { "type": { "type": "string", "enum": ["standard"] }, "voice_id": { "type": "string" } } },
            { "type": "object", "required": ["type"], "properties": { "type": { "type": "string", "enum": ["cloned"] }, "voice_id": { "type": "string" } } } ] }
        """);

    /// <summary>Operations, a schema, properties, a parameter and values go; what was written inline becomes a component.</summary>
    public static void Remove(JObject document)
    {
        var paths = (JObject)document["paths"]!;
        var schemas = (JObject)document["components"]!["schemas"]!;
        Drop(paths, "/create-asset");
        Drop(paths, "/get-crm-schema");
        Drop(schemas, "AlertIncidentResponse");

        // Of an answer, where it was always there; of a request; and of both, with an enumeration of its own.
        Drop(Properties("KnowledgeBaseResponse"), "status");
        Without((JArray)schemas["KnowledgeBaseResponse"]!["required"]!, "status");
        Drop((JObject)document.SelectToken("paths['/v2/create-phone-call'].post.requestBody.content['application/json'].schema.properties")!, "metadata");
        Drop(Properties("AgentRequest"), "denoising_mode");
        var parameters = (JArray)document.SelectToken("paths['/v2/list-batch-tests'].get.parameters")!;
        Assert.That(parameters.OfType<JObject>().Single(p => (string?)p["name"] == "version"), Is.Not.SameAs(parameters[^1]));
        parameters.OfType<JObject>().Single(p => (string?)p["name"] == "version").Remove();

        // Of a component, of an inline enumeration whose name others share, and of texts beside a list.
        Without((JArray)schemas["DisconnectionReason"]!["enum"]!, "voicemail_reached");
        Without((JArray)document.SelectToken("components.schemas.AgentRequest.properties.data_storage_setting.enum")!, "basic_attributes_only");
        Without((JArray)schemas["Language"]!["enum"]!, "fr-CA");

        var dictionary = (JObject)document.SelectToken("components.schemas.AgentRequest.properties.pronunciation_dictionary.items")!;
        schemas["PronunciationEntry"] = dictionary.DeepClone();
        dictionary.Replace(new JObject { ["$ref"] = "#/components/schemas/PronunciationEntry" });
        Properties("CustomTool")["method"] = new JObject { ["type"] = "integer" };

        JObject Properties(string schema) => (JObject)schemas[schema]!["properties"]!;
    }

    private static void Drop(JObject from, string name) => Assert.That(from.Remove(name), Is.True, name);

    private static void Without(JArray values, string value)
    {
        JToken? found = values.FirstOrDefault(v => (string?)v == value);
        Assert.That(found, Is.Not.Null, value);
        found!.Remove();
    }
}
