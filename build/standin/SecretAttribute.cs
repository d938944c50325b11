namespace Nuke.Common;

/// <summary>Marks a parameter whose value must never be printed.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;
