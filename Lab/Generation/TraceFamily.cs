namespace Squelch.Lab;

/// <summary>What the sessions of a generated trace do.</summary>
public enum TraceFamily
{
    /// <summary>People chatting: short questions, answers of a few hundred tokens, every request carries the whole conversation.</summary>
    Chat,

    /// <summary>Agents that append tool output: long sessions under one shared system prompt.</summary>
    Agent,

    /// <summary>The same, but every five turns old tool output is dropped, so that the conversation branches off an earlier prefix.</summary>
    AgentCompact,

    /// <summary>One question each after one of a few long prompts of examples.</summary>
    FewShot,

    /// <summary>Chats, agents of both kinds and few-shot prompts side by side.</summary>
    Mixed,
}
