using Retell.Models;

namespace Retell.Json;

/// <summary>
/// What tells the variants of each union apart, one declaration a union. A union that is a variant of another one is
/// declared there with all its leaves.
/// </summary>
internal static class Unions
{
    // Variants that the API no longer has are kept for those who still have data with them.
#pragma warning disable CS0612, CS0618
    public static IReadOnlyList<Union> All { get; } =
    [
        // Calls
        Union.By<ICall>("call_type")
            .Is<WebCall>("web_call")
            .Is<PhoneCall>("phone_call"),

        Union.By<ICallSummary>("call_type")
            .Is<WebCallSummary>("web_call")
            .Is<PhoneCallSummary>("phone_call"),

        Union.By<IUtteranceOrToolCall>("role")
            .Is<Utterance>("agent", "user", "transfer_target")
            .Is<ToolCallInvocationUtterance>("tool_call_invocation")
            .Is<ToolCallResultUtterance>("tool_call_result")
            .Is<NodeTransitionUtterance>("node_transition")
            .Is<DtmfUtterance>("dtmf")
            .Is<SmsUtterance>("sms")
            .Is<InjectedUtterance>("injected"),

        // Chats
        Union.By<IMessageOrToolCall>("role")
            .Is<Message>("agent", "user")
            .Is<ToolCallInvocationMessage>("tool_call_invocation")
            .Is<ToolCallResultMessage>("tool_call_result")
            .Is<NodeTransitionMessage>("node_transition")
            .Is<StateTransitionMessage>("state_transition")
            .Is<InjectedMessage>("injected")
            .Is<SmsMessage>("sms"),

        Union.By<IChatMessageInput>("role")
            .Is<MessageInput>("agent", "user")
            .Is<ToolCallInvocationMessageInput>("tool_call_invocation")
            .Is<ToolCallResultMessageInput>("tool_call_result")
            .Is<NodeTransitionMessageInput>("node_transition")
            .Is<StateTransitionMessageInput>("state_transition")
            .Is<InjectedMessageInput>("injected")
            .Is<SmsMessageInput>("sms"),

        // Agents
        Union.ByMember<IAgent>()
            .Has<Agent>("voice_id")
            .Has<ChatAgent>("auto_close_message")
            .Otherwise<ChatAgent>(),

        Union.By<IResponseEngine>("type")
            .Is<ResponseEngineRetellLlm>("retell-llm")
            .Is<ResponseEngineCustomLlm>("custom-llm")
            .Is<ResponseEngineConversationFlow>("conversation-flow"),

        Union.By<IRetellResponseEngine>("type")
            .Is<ResponseEngineRetellLlm>("retell-llm")
            .Is<ResponseEngineConversationFlow>("conversation-flow"),

        Union.By<IVoicemailAction>("type")
            .Is<VoicemailActionPrompt>("prompt")
            .Is<VoicemailActionStaticText>("static_text")
            .Is<VoicemailActionHangup>("hangup")
            .Is<VoicemailActionBridgeTransfer>("bridge_transfer"),

        Union.By<IIvrAction>("type")
            .Is<IvrActionHangup>("hangup"),

        Union.By<IAnalysisData>("type")
            .Is<StringAnalysisData>("string")
            .Is<EnumAnalysisData>("enum")
            .Is<BooleanAnalysisData>("boolean")
            .Is<NumberAnalysisData>("number"),

        Union.By<IPostCallAnalysisData>("type")
            .Is<StringAnalysisData>("string")
            .Is<EnumAnalysisData>("enum")
            .Is<BooleanAnalysisData>("boolean")
            .Is<NumberAnalysisData>("number")
            .Is<CallPresetAnalysisData>("system-presets"),

        Union.By<IPostChatAnalysisData>("type")
            .Is<StringAnalysisData>("string")
            .Is<EnumAnalysisData>("enum")
            .Is<BooleanAnalysisData>("boolean")
            .Is<NumberAnalysisData>("number")
            .Is<ChatPresetAnalysisData>("system-presets"),

        // Tools
        Union.By<ITool>("type")
            .Is<EndCallTool>("end_call")
            .Is<TransferCallTool>("transfer_call")
            .Is<AgentSwapTool>("agent_swap")
            .Is<PressDigitTool>("press_digit")
            .Is<SendSmsTool>("send_sms")
            .Is<CustomTool>("custom")
            .Is<CodeTool>("code")
            .Is<ExtractDynamicVariableTool>("extract_dynamic_variable")
            .Is<BridgeTransferTool>("bridge_transfer")
            .Is<CancelTransferTool>("cancel_transfer")
            .Is<McpTool>("mcp")
            .Is<AppTool>("integration_app")
            .Is<CheckAvailabilityCalTool>("check_availability_cal")
            .Is<BookAppointmentCalTool>("book_appointment_cal"),

        Union.By<INodeTool>("type")
            .Is<CustomTool>("custom")
            .Is<AppTool>("integration_app")
            .Is<CheckAvailabilityCalTool>("check_availability_cal")
            .Is<BookAppointmentCalTool>("book_appointment_cal"),

        Union.By<IPreSessionTool>("type")
            .Is<AppTool>("integration_app")
            .Is<CustomTool>("custom")
            .Is<CodeTool>("code"),

        Union.By<IPostSessionTool>("type")
            .Is<AppTool>("integration_app")
            .Is<CustomTool>("custom")
            .Is<CodeTool>("code")
            .Is<SendSmsTool>("send_sms"),

        Union.By<IOutputSelection>("mode")
            .Is<OutputSelectionAll>("all")
            .Is<OutputSelectionSubset>("subset"),

        Union.By<ITransferDestination>("type")
            .Is<TransferDestinationPredefined>("predefined")
            .Is<TransferDestinationInferred>("inferred"),

        Union.By<ITransferOption>("type")
            .Is<TransferOptionColdTransfer>("cold_transfer")
            .Is<TransferOptionWarmTransfer>("warm_transfer")
            .Is<TransferOptionAgenticWarmTransfer>("agentic_warm_transfer"),

        Union.By<IWarmTransferPromptOrStaticMessage>("type")
            .Is<WarmTransferPrompt>("prompt")
            .Is<WarmTransferStaticMessage>("static_message"),

        Union.By<ISmsContent>("type")
            .Is<SmsContentPredefined>("predefined")
            .Is<SmsContentInferred>("inferred")
            .Is<SmsContentTemplate>("template"),

        Union.By<ISmsSender>("type")
            .Is<SmsSenderCurrentNumber>("current_number")
            .Is<SmsSenderRetellLongCode>("retell_long_code")
            .Is<SmsSenderShortCode>("short_code"),

        Union.By<ISmsDestination>("type")
            .Is<SmsDestinationCustomerNumber>("customer_number")
            .Is<SmsDestinationPhoneNumber>("phone_number"),

        Union.By<IToolMockInputMatchRule>("type")
            .Is<ToolMockInputMatchRuleAny>("any")
            .Is<ToolMockInputMatchRulePartialMatch>("partial_match"),

        // Conversation flows
        Union.By<IConversationFlowNode>("type")
            .Is<ConversationNode>("conversation")
            .Is<SubagentNode>("subagent")
            .Is<EndNode>("end")
            .Is<FunctionNode>("function")
            .Is<CodeNode>("code")
            .Is<TransferCallNode>("transfer_call")
            .Is<PressDigitNode>("press_digit")
            .Is<BranchNode>("branch")
            .Is<SmsNode>("sms")
            .Is<ExtractDynamicVariablesNode>("extract_dynamic_variables")
            .Is<AgentSwapNode>("agent_swap")
            .Is<McpNode>("mcp")
            .Is<ComponentNode>("component")
            .Is<BridgeTransferNode>("bridge_transfer")
            .Is<CancelTransferNode>("cancel_transfer"),

        Union.By<INodeInstruction>("type")
            .Is<NodeInstructionPrompt>("prompt")
            .Is<NodeInstructionStaticText>("static_text"),

        Union.By<ISmsNodeInstruction>("type")
            .Is<NodeInstructionPrompt>("prompt")
            .Is<NodeInstructionStaticText>("static_text")
            .Is<SmsInstructionTemplate>("template"),

        Union.By<ITransitionCondition>("type")
            .Is<PromptCondition>("prompt")
            .Is<EquationCondition>("equation"),

        Union.By<IModelChoice>("type")
            .Is<ModelChoiceCascading>("cascading"),

        Union.By<IFinetuneExampleUtterance>("role")
            .Is<FinetuneExampleUtteranceMessage>("agent", "user")
            .Is<FinetuneExampleUtteranceToolCallInvocation>("tool_call_invocation")
            .Is<FinetuneExampleUtteranceToolCallResult>("tool_call_result"),

        // Knowledge bases
        Union.By<IKnowledgeBaseSource>("type")
            .Is<KnowledgeBaseSourceDocument>("document")
            .Is<KnowledgeBaseSourceText>("text")
            .Is<KnowledgeBaseSourceUrl>("url"),

        // Contacts and apps
        Union.By<IContactConversation>("type")
            .Is<ContactCall>("call")
            .Is<ContactChat>("chat"),

        Union.By<IAuthConfigRequest>("type")
            .Is<OAuthConfigRequest>("oauth2")
            .Is<ApiKeyAuthConfigRequest>("api_key")
            .Is<BasicAuthConfigRequest>("basic"),

        Union.By<IAppAuthConfig>("type")
            .Is<OAuthConfig>("oauth2")
            .Is<ApiKeyAuthConfig>("api_key")
            .Is<AccessTokenAuthConfig>("access_token")
            .Is<BasicAuthConfig>("basic")
            .Is<RefreshTokenAuthConfig>("refresh_token"),

        Union.By<IAppUsage>("type")
            .Is<AgentAppUsage>("agent")
            .Is<KnowledgeBaseAppUsage>("knowledge_base"),

        // Filters
        Union.By<IValueFilter>("type")
            .Is<StringFilter>("string")
            .Is<NumberFilter>("number")
            .Is<BooleanFilter>("boolean")
            .Is<RangeFilter>("range")
            .Is<EnumFilter>("enum")
            .Is<PresentFilter>("present"),

        Union.By<ICustomFieldFilter>("type")
            .Is<StringFilter>("string")
            .Is<NumberFilter>("number")
            .Is<BooleanFilter>("boolean")
            .Is<RangeFilter>("range")
            .Is<EnumFilter>("enum")
            .Is<PresentFilter>("present"),

        Union.By<INumberOrRangeFilter>("type")
            .Is<NumberFilter>("number")
            .Is<RangeFilter>("range"),

        Union.By<IStartTimestampFilter>("type")
            .Is<StartTimestampFilterNumber>("number")
            .Is<RangeFilter>("range"),

        Union.By<IEnumOrStringFilter>("type")
            .Is<StringFilter>("string")
            .Is<EnumFilter>("enum"),

        Union.By<IExternalIdFilter>("type")
            .Is<StringFilter>("string")
            .Is<PresentFilter>("present"),

        // Charts
        Union.ByMember<IChartFilter>()
            .Has<StoredCallFilter>("call_id")
            .Has<ChatFilter>("chat_id"),

        Union.By<IChartGroupItem>("type")
            .Is<ChartGroupItemTime>("time", "agent_id", "batch_call_id", "call_successful", "call_status", "user_sentiment", "disconnection_reason", "direction", "chat_successful", "chat_status", "call_type", "agent_version")
            .Is<ChartGroupItemCustom>("custom_analysis_data", "custom_attribute"),

        Union.By<IChartTimeRange>("type")
            .Is<ChartTimeRangeLast>("last")
            .Is<ChartTimeRangeSince>("since")
            .Is<ChartTimeRangeToDate>("to_date")
            .Is<ChartTimeRangeFixed>("fixed")
            .Is<ChartTimeRangeAll>("all"),

        // Analysis and organizations
        Union.ByMember<IMetricCriteria>()
            .Has<PerformanceMetricCriteria>("metric_type")
            .Has<CustomMetricCriteria>("name"),

        Union.ByMember<ISentimentAnalysisDetail>()
            .Has<SentimentAnalysisDetailWithDuration>("duration")
            .Has<SentimentAnalysisDetailWithResponseId>("response_id"),

        Union.ByMember<ICreateOrganizationRequest>()
            .Has<CreateOrganizationRequestNew>("org_name")
            .Has<CreateOrganizationRequestOld>("orgName"),

        Union.ByMember<IUpdateSpendBudgetRequest>()
            .Has<UpdateSpendBudgetRequestOn>("monthly_budget_cents")
            .Otherwise<UpdateSpendBudgetRequestOff>(),

        Union.By<IConductorOverageConfig>("mode")
            .Is<ConductorOverageConfigOff>("off")
            .Is<ConductorOverageConfigUnlimited>("unlimited")
            .Is<ConductorOverageConfigLimited>("limited"),
    ];
}
