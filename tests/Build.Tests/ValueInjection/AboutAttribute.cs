using System.Runtime.CompilerServices;
using Nuke.Common;

namespace Build.Tests.ValueInjection;

/// <summary>A build's own way to declare a parameter, by its member's name alone.</summary>
internal sealed class AboutAttribute : ParameterAttribute
{
    public AboutAttribute([CallerMemberName] string member = "")
        : base($"All about {member}") => (ValueProviderType, ValueProviderMember) = (typeof(IOrder), $"{member}s");
}
