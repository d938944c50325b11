namespace ContainerHost.Media.Discs;

/// <summary>A file of an image as a stream to read, however its bytes are spread; the image stays its owner's.</summary>
internal sealed class ExtentStream(Stream image, DiscFile file) : Stream
{
    private long _position;
    private int _extent;
    private long _before;

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
        // Most reads go on where the last one ended, and a file may have a million extents.
        if (_position < _before)
            (_extent, _before) = (0, 0);
        for (; _extent < file.Extents.Count; _before += file.Extents[_extent++].Length)
        {
            var extent = file.Extents[_extent];
            var within = _position - _before;
            if (within >= extent.Length)
                continue;
            var count = (int)Math.Min(left, extent.Length - within);
            image.Position = extent.Offset + within;
            image.ReadExactly(buffer[..count]);
            _position += count;
            return count;
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
