namespace Squelch.Tool;

/// <summary>What is wrong with a conversation, and the remedy. Where it stands, the format adds.</summary>
internal sealed class ConversationFault(string message) : Exception(message);
