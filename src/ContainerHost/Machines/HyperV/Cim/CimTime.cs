using System.Globalization;

namespace ContainerHost.Machines.HyperV.Cim;

/// <summary>CIM's datetime (DMTF DSP0004): <c>yyyymmddHHMMSS.mmmmmmsUUU</c> for a moment, <c>ddddddddHHMMSS.mmmmmm:000</c> for an interval.</summary>
internal static class CimTime
{
    private const int Length = 25;

    public static string Write(DateTimeOffset moment)
    {
        var minutes = (int)moment.Offset.TotalMinutes;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{moment:yyyyMMddHHmmss.ffffff}{(minutes < 0 ? '-' : '+')}{Math.Abs(minutes):000}"
        );
    }

    public static string Write(TimeSpan interval) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{interval.Days:00000000}{interval.Hours:00}{interval.Minutes:00}{interval.Seconds:00}.{interval.Ticks % TimeSpan.TicksPerSecond / 10:000000}:000"
        );

    public static object Read(string text)
    {
        if (text.Length != Length)
            throw new FormatException($"'{text}' is not a datetime of CIM.");
        return text[21] == ':' ? ReadInterval(text) : ReadMoment(text);
    }

    private static TimeSpan ReadInterval(string text) =>
        new TimeSpan(Number(text, 0, 8), Number(text, 8, 2), Number(text, 10, 2), Number(text, 12, 2))
        + TimeSpan.FromMicroseconds(Number(text, 15, 6));

    private static DateTimeOffset ReadMoment(string text)
    {
        var offset = TimeSpan.FromMinutes(Number(text, 22, 3) * (text[21] == '-' ? -1 : 1));
        var moment = DateTime.ParseExact(text[..21], "yyyyMMddHHmmss.ffffff", CultureInfo.InvariantCulture);
        return new DateTimeOffset(moment, offset);
    }

    private static int Number(string text, int start, int count) =>
        int.Parse(text.AsSpan(start, count), NumberStyles.None, CultureInfo.InvariantCulture);
}
