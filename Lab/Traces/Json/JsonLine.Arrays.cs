using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Squelch.Lab;

/// <content>Arrays of integers, most of a trace.</content>
internal ref partial struct JsonLine
{
    /// <summary>Appends an array of numbers from 0 to 2^31 - 1; gives the count.</summary>
    public int Tokens(string name, PooledBuffer<int> into)
    {
        ref byte start = ref MemoryMarshal.GetReference(_text);
        nint at = OpenArray(name);
        if (at < 0)
        {
            return 0;
        }

        // A token takes two bytes at least, so this is room for all that can follow.
        ref int items = ref MemoryMarshal.GetArrayDataReference(into.Reserve(((_text.Length - (int)at) / 2) + 1));
        int count = 0;
        while (true)
        {
            nint first = at;
            uint digit = (uint)Unsafe.Add(ref start, at) - '0';
            if (digit > 9)
            {
                throw BadItem(name, count, (int)at, "Token ids are whole numbers from 0 to 2147483647");
            }

            ulong value = digit;
            at++;
            while ((digit = (uint)Unsafe.Add(ref start, at) - '0') <= 9)
            {
                value = (value * 10) + digit;
                at++;
            }

            if (at - first > 1 && (at - first > 10 || value > int.MaxValue || Unsafe.Add(ref start, first) == '0'))
            {
                throw BadItem(name, count, (int)first, "Token ids are whole numbers from 0 to 2147483647");
            }

            Unsafe.Add(ref items, count++) = (int)value;
            if (!NextItem(ref start, ref at, name, count, "Token ids are whole numbers from 0 to 2147483647"))
            {
                return count;
            }
        }
    }

    /// <summary>Appends an array of numbers from 0 to 2^64 - 1; gives the count.</summary>
    public int Blocks(string name, PooledBuffer<ulong> into)
    {
        const string Legal = "Block ids are whole numbers from 0 to 18446744073709551615";
        ref byte start = ref MemoryMarshal.GetReference(_text);
        nint at = OpenArray(name);
        if (at < 0)
        {
            return 0;
        }

        ulong[] items = into.Reserve(((_text.Length - (int)at) / 2) + 1);
        int count = 0;
        while (true)
        {
            nint first = at;
            ulong value = 0;
            bool fits = true;
            uint digit;
            while ((digit = (uint)Unsafe.Add(ref start, at) - '0') <= 9)
            {
                fits &= value <= (ulong.MaxValue - digit) / 10;
                value = (value * 10) + digit;
                at++;
            }

            if (at == first || !fits || (at - first > 1 && Unsafe.Add(ref start, first) == '0'))
            {
                throw BadItem(name, count, (int)first, Legal);
            }

            items[count++] = value;
            if (!NextItem(ref start, ref at, name, count, Legal))
            {
                return count;
            }
        }
    }

    /// <summary>Steps into an array; -1 where it is empty.</summary>
    private nint OpenArray(string name)
    {
        if (Current != '[')
        {
            throw AtEnd ? Malformed($"the array of {name}") : Line.Error($"{name} is {Found()}, not an array", "Write [1, 2, ...]");
        }

        _at++;
        SkipSpace();
        if (Current != ']')
        {
            return _at;
        }

        _at++;
        return -1;
    }

    /// <summary>Steps from the end of an item to the next one; false at the end of the array.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool NextItem(ref byte start, ref nint at, string name, int count, string legal)
    {
        byte separator = Unsafe.Add(ref start, at);
        if (separator == ',' && (uint)Unsafe.Add(ref start, at + 1) - '0' <= 9)
        {
            at++;
            return true;
        }

        _at = (int)at;
        SkipSpace();
        if (Current == ']')
        {
            _at++;
            return false;
        }

        if (Current != ',')
        {
            // "1.5" and "1e3" are numbers, only not whole ones.
            throw Current is (byte)'.' or (byte)'e' or (byte)'E' ? BadItem(name, count - 1, _at, legal) : Malformed($"',' or ']' after {name}[{count - 1}]");
        }

        _at++;
        SkipSpace();
        at = _at;
        return true;
    }
}
