namespace ContainerHost.Media.Discs;

/// <summary>A file of an image as a stream to read, however its bytes are spread; the image stays its owner's.</summary>
internal sealed class ExtentStream(Stream image, DiscFile file) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position
    {
        get => _position;
        set => _position = value;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var left = Math.Min(buffer.Length, Length - _position);
        if (left <= 0)
            return 0;
        var skipped = 0L;
        foreach (var extent in file.Extents)
        {
            var within = _position - skipped;
            if (within < extent.Length)
            {
                var count = (int)Math.Min(left, extent.Length - within);
                image.Position = extent.Offset + within;
                image.ReadExactly(buffer[..count]);
                _position += count;
                return count;
            }
            skipped += extent.Length;
        }
        throw new InvalidDataException($"{file.Name} has fewer bytes than its folder says");
    }

    public override long Seek(long offset, SeekOrigin origin) =>
        _position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => Length + offset,
        };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
