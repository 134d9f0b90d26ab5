using System.ComponentModel;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace Squelch;

/// <summary>Functions that vectors compute lane by lane, so that their bits equal those of the scalar form.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Lanes
{
    /// <summary>e to the power of each lane.</summary>
    public static Vector128<T> Exp<T>(Vector128<T> value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector128<T> result = default;
        for (int lane = 0; lane < Vector128<T>.Count; lane++)
        {
            result = result.WithElement(lane, T.Exp(value.GetElement(lane)));
        }

        return result;
    }

    /// <summary>2 to the power of each lane.</summary>
    public static Vector128<T> Exp2<T>(Vector128<T> value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector128<T> result = default;
        for (int lane = 0; lane < Vector128<T>.Count; lane++)
        {
            result = result.WithElement(lane, T.Exp2(value.GetElement(lane)));
        }

        return result;
    }

    /// <summary>Natural logarithms.</summary>
    public static Vector128<T> Log<T>(Vector128<T> value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector128<T> result = default;
        for (int lane = 0; lane < Vector128<T>.Count; lane++)
        {
            result = result.WithElement(lane, T.Log(value.GetElement(lane)));
        }

        return result;
    }

    /// <summary>Logarithms to base 2.</summary>
    public static Vector128<T> Log2<T>(Vector128<T> value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector128<T> result = default;
        for (int lane = 0; lane < Vector128<T>.Count; lane++)
        {
            result = result.WithElement(lane, T.Log2(value.GetElement(lane)));
        }

        return result;
    }

    /// <summary>Logarithms to base 10.</summary>
    public static Vector128<T> Log10<T>(Vector128<T> value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector128<T> result = default;
        for (int lane = 0; lane < Vector128<T>.Count; lane++)
        {
            result = result.WithElement(lane, T.Log10(value.GetElement(lane)));
        }

        return result;
    }

    /// <summary>Powers.</summary>
    public static Vector128<T> Pow<T>(Vector128<T> value, Vector128<T> exponent)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector128<T> result = default;
        for (int lane = 0; lane < Vector128<T>.Count; lane++)
        {
            result = result.WithElement(lane, T.Pow(value.GetElement(lane), exponent.GetElement(lane)));
        }

        return result;
    }

    /// <summary>e to the power of each lane.</summary>
    public static Vector256<T> Exp<T>(Vector256<T> value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector256<T> result = default;
        for (int lane = 0; lane < Vector256<T>.Count; lane++)
        {
            result = result.WithElement(lane, T.Exp(value.GetElement(lane)));
        }

        return result;
    }

    /// <summary>2 to the power of each lane.</summary>
    public static Vector256<T> Exp2<T>(Vector256<T> value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector256<T> result = default;
        for (int lane = 0; lane < Vector256<T>.Count; lane++)
        {
            result = result.WithElement(lane, T.Exp2(value.GetElement(lane)));
        }

        return result;
    }

    /// <summary>Natural logarithms.</summary>
    public static Vector256<T> Log<T>(Vector256<T> value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector256<T> result = default;
        for (int lane = 0; lane < Vector256<T>.Count; lane++)
        {
            result = result.WithElement(lane, T.Log(value.GetElement(lane)));
        }

        return result;
    }

    /// <summary>Logarithms to base 2.</summary>
    public static Vector256<T> Log2<T>(Vector256<T> value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector256<T> result = default;
        for (int lane = 0; lane < Vector256<T>.Count; lane++)
        {
            result = result.WithElement(lane, T.Log2(value.GetElement(lane)));
        }

        return result;
    }

    /// <summary>Logarithms to base 10.</summary>
    public static Vector256<T> Log10<T>(Vector256<T> value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector256<T> result = default;
        for (int lane = 0; lane < Vector256<T>.Count; lane++)
        {
            result = result.WithElement(lane, T.Log10(value.GetElement(lane)));
        }

        return result;
    }

    /// <summary>Powers.</summary>
    public static Vector256<T> Pow<T>(Vector256<T> value, Vector256<T> exponent)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector256<T> result = default;
        for (int lane = 0; lane < Vector256<T>.Count; lane++)
        {
            result = result.WithElement(lane, T.Pow(value.GetElement(lane), exponent.GetElement(lane)));
        }

        return result;
    }

    /// <summary>e to the power of each lane.</summary>
    public static Vector512<T> Exp<T>(Vector512<T> value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector512<T> result = default;
        for (int lane = 0; lane < Vector512<T>.Count; lane++)
        {
            result = result.WithElement(lane, T.Exp(value.GetElement(lane)));
        }

        return result;
    }

    /// <summary>2 to the power of each lane.</summary>
    public static Vector512<T> Exp2<T>(Vector512<T> value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector512<T> result = default;
        for (int lane = 0; lane < Vector512<T>.Count; lane++)
        {
            result = result.WithElement(lane, T.Exp2(value.GetElement(lane)));
        }

        return result;
    }

    /// <summary>Natural logarithms.</summary>
    public static Vector512<T> Log<T>(Vector512<T> value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector512<T> result = default;
        for (int lane = 0; lane < Vector512<T>.Count; lane++)
        {
            result = result.WithElement(lane, T.Log(value.GetElement(lane)));
        }

        return result;
    }

    /// <summary>Logarithms to base 2.</summary>
    public static Vector512<T> Log2<T>(Vector512<T> value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector512<T> result = default;
        for (int lane = 0; lane < Vector512<T>.Count; lane++)
        {
            result = result.WithElement(lane, T.Log2(value.GetElement(lane)));
        }

        return result;
    }

    /// <summary>Logarithms to base 10.</summary>
    public static Vector512<T> Log10<T>(Vector512<T> value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector512<T> result = default;
        for (int lane = 0; lane < Vector512<T>.Count; lane++)
        {
            result = result.WithElement(lane, T.Log10(value.GetElement(lane)));
        }

        return result;
    }

    /// <summary>Powers.</summary>
    public static Vector512<T> Pow<T>(Vector512<T> value, Vector512<T> exponent)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector512<T> result = default;
        for (int lane = 0; lane < Vector512<T>.Count; lane++)
        {
            result = result.WithElement(lane, T.Pow(value.GetElement(lane), exponent.GetElement(lane)));
        }

        return result;
    }
}
