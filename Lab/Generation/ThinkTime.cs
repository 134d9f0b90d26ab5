namespace Squelch.Lab;

/// <summary>How the time between a session's requests is distributed.</summary>
public enum ThinkTime
{
    /// <summary>Poisson in whole seconds, as the Marconi artifact draws it: sessions come round almost in a circle.</summary>
    Poisson,

    /// <summary>Exponential: when the next request comes says nothing about when the one after comes.</summary>
    Exponential,

    /// <summary>Log-normal with a shape of 1.25, as measured in production traffic: most gaps are short, some are very long.</summary>
    LogNormal,
}
