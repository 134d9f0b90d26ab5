namespace Squelch.Generators.Functions;

/// <summary>How a value moves as another grows.</summary>
internal enum Direction { Constant, Up, Down, Unknown }
