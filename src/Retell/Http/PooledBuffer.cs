using System.Buffers;

namespace Retell.Http;

/// <summary>
/// A buffer of any length in rented segments, which is filled once and then read many times. Segments are not copied to grow. Later segments are
/// larger, because the pool keeps only a few dozen of each size.
/// </summary>
internal sealed class PooledBuffer : IDisposable
{
    private const int FirstSegment = 4096;
    private const int LaterSegment = 65536;
    private const int LargestSegment = 1 << 19;

    private readonly int _firstSegment;
    private readonly List<byte[]> _segments = [];
    private int _used;
    private int _users = 1;

    /// <param name="expected">The expected length in bytes, or null. A short content fits into one segment.</param>
    public PooledBuffer(long? expected = null) =>
        _firstSegment = expected is long length and > 0 ? (int)Math.Min(Math.Max(length + 1, FirstSegment), LargestSegment) : FirstSegment;

    public long Length { get; private set; }

    /// <summary>Appends the content of a stream. Returns false if the stream has more than <paramref name="limit"/> bytes.</summary>
    public async Task<bool> FillAsync(Stream source, long limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            byte[] segment = Writable();
            int count = (int)Math.Min(segment.Length - _used, limit - Length);
            if (count == 0)
            {
                return false;
            }

#if NET
            int read = await source.ReadAsync(segment.AsMemory(_used, count), cancellationToken).ConfigureAwait(false);
#else
            int read = await source.ReadAsync(segment, _used, count, cancellationToken).ConfigureAwait(false);
#endif
            if (read == 0)
            {
                return true;
            }

            _used += read;
            Length += read;
        }
    }

    /// <summary>Appends the content of a stream.</summary>
    public void Fill(Stream source)
    {
        while (true)
        {
            byte[] segment = Writable();
            int read = source.Read(segment, _used, segment.Length - _used);
            if (read == 0)
            {
                return;
            }

            _used += read;
            Length += read;
        }
    }

    public async Task CopyToAsync(Stream target, CancellationToken cancellationToken)
    {
        // The sender may outlive the call, and must not see the bytes of another call.
        Throw.IfDisposed(!TryUse(), typeof(PooledBuffer));
        try
        {
            for (int i = 0; i < _segments.Count; i++)
            {
#if NET
                await target.WriteAsync(_segments[i].AsMemory(0, CountOf(i)), cancellationToken).ConfigureAwait(false);
#else
                await target.WriteAsync(_segments[i], 0, CountOf(i), cancellationToken).ConfigureAwait(false);
#endif
            }
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Opens a stream that appends to the buffer.</summary>
    public Stream OpenWrite() => new Writer(this);

    /// <summary>Opens a stream over all bytes. It must not be used after the buffer is disposed.</summary>
    public Stream OpenRead() => new Reader(this);

    /// <summary>Returns all bytes without a copy. They must not be used after the buffer is disposed.</summary>
    public ReadOnlySequence<byte> ToSequence()
    {
        if (_segments.Count <= 1)
        {
            return _segments.Count == 0 ? ReadOnlySequence<byte>.Empty : new ReadOnlySequence<byte>(_segments[0], 0, _used);
        }

        var first = new Segment(_segments[0], _segments[0].Length, null);
        Segment last = first;
        for (int i = 1; i < _segments.Count; i++)
        {
            last = new Segment(_segments[i], CountOf(i), last);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    public byte[] ToArray()
    {
        byte[] all = new byte[Length];
        int position = 0;
        for (int i = 0; i < _segments.Count; i++)
        {
            Buffer.BlockCopy(_segments[i], 0, all, position, CountOf(i));
            position += CountOf(i);
        }

        return all;
    }

    /// <summary>Adds an owner, who disposes the buffer too.</summary>
    public PooledBuffer Share()
    {
        Throw.IfDisposed(!TryUse(), typeof(PooledBuffer));
        return this;
    }

    /// <summary>Returns the segments to the pool after the last owner has disposed the buffer.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            _segments.ForEach(segment => ArrayPool<byte>.Shared.Return(segment));
            _segments.Clear();
        }
    }

    private bool TryUse()
    {
        int users;
        do
        {
            users = Volatile.Read(ref _users);
            if (users <= 0)
            {
                return false;
            }
        }
        while (Interlocked.CompareExchange(ref _users, users + 1, users) != users);
        return true;
    }

    private byte[] Writable()
    {
        if (_segments.Count == 0 || _used == _segments[_segments.Count - 1].Length)
        {
            _segments.Add(ArrayPool<byte>.Shared.Rent(_segments.Count == 0 ? _firstSegment : Length < LargestSegment ? LaterSegment : LargestSegment));
            _used = 0;
        }

        return _segments[_segments.Count - 1];
    }

    private int CountOf(int segment) => segment == _segments.Count - 1 ? _used : _segments[segment].Length;

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes, int count, Segment? before)
        {
            Memory = bytes.AsMemory(0, count);
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }

    private sealed class Writer(PooledBuffer buffer) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => buffer.Length;

        public override long Position
        {
            get => buffer.Length;
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] array, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] array, int offset, int count)
        {
            while (count > 0)
            {
                byte[] segment = buffer.Writable();
                int step = Math.Min(count, segment.Length - buffer._used);
                Buffer.BlockCopy(array, offset, segment, buffer._used, step);
                buffer._used += step;
                buffer.Length += step;
                offset += step;
                count -= step;
            }
        }
    }

    private sealed class Reader(PooledBuffer buffer) : Stream
    {
        private int _segment;
        private int _offset;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => buffer.Length;

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] array, int offset, int count)
        {
            while (_segment < buffer._segments.Count)
            {
                int step = Math.Min(count, buffer.CountOf(_segment) - _offset);
                if (step > 0 || count == 0)
                {
                    Buffer.BlockCopy(buffer._segments[_segment], _offset, array, offset, step);
                    _offset += step;
                    return step;
                }

                _segment++;
                _offset = 0;
            }

            return 0;
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] array, int offset, int count) => throw new NotSupportedException();
    }
}
