using Retell.Testing.Functions;
using Retell.Testing.Monitoring;
using Retell.Testing.State;
using Retell.Testing.Webhooks;

namespace Retell.Testing;

/// <summary>What a call or a chat needs to be moved on by a test.</summary>
internal sealed record SessionServices(Store Store, SessionLifecycle Lifecycle, WebhookSender Sender, WebhookEvents Events, FunctionCaller Functions, MonitorHub Monitors);
