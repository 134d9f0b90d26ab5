using System.Reflection;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using Squelch.GpuCheck;

namespace Squelch.GpuScoring.Tests.Ptx;

/// <summary>The interpreter sees what it is there for: each of these kernels is wrong on a device, and right under ILGPU's simulator or on paper.</summary>
public sealed class MachineTests
{
    private const int Threads = 8;

    [Fact]
    public void AComparisonWithAConstantOnItsLeftIsTurnedRoundForNaN()
    {
        double[] numbers = Run(nameof(GreatestOfConstant), [double.NaN, 0]);
        Assert.False(double.IsNaN(numbers[1]));
    }

    [Fact]
    public void TheDevicesMaxGivesNaN()
    {
        double[] numbers = Run(nameof(DevicesMax), [double.NaN, 0]);
        Assert.True(double.IsNaN(numbers[1]));
    }

    [Fact]
    public void APlainProductUnderASumIsRoundedOnce()
    {
        double x = 1 + 7.450580596923828e-9;
        double[] plain = Run(nameof(PlainProduct), [x, -1, 0]);
        Assert.Equal(Math.FusedMultiplyAdd(x, x, -1), plain[2]);
        Assert.NotEqual((x * x) - 1, plain[2]);
        double[] guarded = Run(nameof(GuardedProduct), [x, -1, 0]);
        Assert.Equal((x * x) - 1, guarded[2]);
    }

    [Fact]
    public void AMissingBarrierIsSeen()
        => Assert.Contains(Enumerable.Range(0, 20), seed => Run(nameof(WithoutBarrier), new double[Threads], seed).Any(number => number != Threads - 1));

    [Fact]
    public void ABarrierThatSomeThreadsMissIsRefused()
        => Assert.Contains("barrier", Assert.Throws<InvalidOperationException>(() => Run(nameof(BarrierOfSome), new double[Threads])).Message, StringComparison.Ordinal);

    [Fact]
    public void MemoryBeyondAViewIsRefused()
        => Assert.Contains("outside", Assert.Throws<InvalidOperationException>(() => Run(nameof(Beyond), new double[Threads])).Message, StringComparison.Ordinal);

    [Fact]
    public void AnApproximateInstructionIsRefused()
        => Assert.Contains("rcp.approx.ftz.f64", Assert.Throws<FormatException>(() => PtxKernel.Parse("\trcp.approx.ftz.f64\t%fd1, %fd2;\n\tret;")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("ld.global.nc.v2.f64 %d1, [%l1];")]
    [InlineData("ld.global.nc.v2.f64 {%d1}, [%l1];")]
    [InlineData("ld.global.nc.v4.f64 {%d1, %d2, %d3, %d4}, [%l1];")]
    [InlineData("ld.global.f64 {%d1, %d2}, [%l1];")]
    [InlineData("ld.shared.nc.f64 %d1, [%l1];")]
    public void ALoadThatNoGpuHasIsRefused(string line)
        => Assert.Contains("no load", Assert.Throws<FormatException>(() => PtxKernel.Parse($"{line}\nret;")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0, "", "")]
    [InlineData(8, "", "not aligned")]
    [InlineData(16, "st.global.f64 [%place], %b;", "written by the same kernel")]
    [InlineData(24, "", "outside")]
    public unsafe void APairIsReadWhereItIsAlignedAndConstant(int offset, string store, string fault)
    {
        double* numbers = (double*)System.Runtime.InteropServices.NativeMemory.AlignedAlloc(5 * sizeof(double), 16);
        (numbers[0], numbers[1], numbers[2], numbers[3]) = (1, 2, 3, 4);
        double* result = numbers + 4;
        *result = 0;
        PtxKernel kernel = PtxKernel.Parse($$"""
            .param .b64 place
            .param .b64 result
            ld.param.u64 %place, [place];
            ld.param.u64 %result, [result];
            {{store}}
            ld.global.nc.v2.f64 {%a, %b}, [%place+{{offset}}];
            {{store}}
            sub.rn.f64 %a, %b, %a;
            st.global.f64 [%result], %a;
            ret;
            """);
        byte[] parameters = [.. BitConverter.GetBytes((ulong)numbers), .. BitConverter.GetBytes((ulong)result)];
        Exception? thrown = Record.Exception(() => new PtxMachine(1).Launch(kernel, 1, 1, parameters, [((ulong)numbers, 32), ((ulong)result, sizeof(double))]));
        Assert.Contains(fault, thrown?.Message ?? "", StringComparison.Ordinal);
        Assert.Equal(fault.Length == 0 ? 1 : 0, *result);
        System.Runtime.InteropServices.NativeMemory.AlignedFree(numbers);
    }

    /// <summary>What the kernels of build time must not get wrong without a word: a line that ends early would be left out.</summary>
    [Theory]
    [InlineData("add.rn.f64 %d1, %d2, %d3")]
    [InlineData("#score")]
    public void ALineThatIsNoPtxIsRefused(string line)
        => Assert.Contains(line, Assert.Throws<FormatException>(() => PtxKernel.Parse($"{line}\nret;")).Message, StringComparison.Ordinal);

    /// <summary>Marked as rounded, a product stays by itself.</summary>
    [Fact]
    public void AMarkedProductUnderASumIsRoundedTwice()
    {
        double x = 1 + 7.450580596923828e-9;
        Assert.Equal((x * x) - 1, Sum("mul.rn.f64", "add.rn.f64"));
        Assert.Equal(Math.FusedMultiplyAdd(x, x, -1), Sum("mul.f64", "add.f64"));

        unsafe double Sum(string multiply, string add)
        {
            double result = x;
            ulong place = (ulong)&result;
            PtxKernel kernel = PtxKernel.Parse($"""
                .param .b64 place
                ld.param.u64 %place, [place];
                ld.global.f64 %x, [%place];
                {multiply} %x, %x, %x;
                {add} %x, %x, 0dBFF0000000000000;
                st.global.f64 [%place], %x;
                ret;
                """);
            new PtxMachine(1).Launch(kernel, 1, 1, BitConverter.GetBytes(place), [(place, sizeof(double))]);
            return result;
        }
    }

    internal static void GreatestOfConstant(ArrayView<double> view) => view[1] = 5.0 > view[0] ? 5.0 : view[0];

    internal static void DevicesMax(ArrayView<double> view) => view[1] = default(DeviceMath).Max(5.0, view[0]);

    internal static void PlainProduct(ArrayView<double> view) => view[2] = (view[0] * view[0]) + view[1];

    internal static void GuardedProduct(ArrayView<double> view) => view[2] = default(DeviceMath).Multiply(view[0], view[0]) + view[1];

    internal static void WithoutBarrier(ArrayView<double> view)
    {
        ArrayView<int> shared = SharedMemory.Allocate<int>(Threads);
        shared[Group.IdxX] = Group.IdxX;
        view[Group.IdxX] = shared[Threads - 1];
    }

    internal static void BarrierOfSome(ArrayView<double> view)
    {
        if (Group.IdxX < 3)
        {
            Group.Barrier();
        }

        view[Group.IdxX] = 1;
    }

    internal static void Beyond(ArrayView<double> view) => view[Group.IdxX + 1] = 1;

    private static double[] Run(string kernel, double[] numbers, int seed = 1)
    {
        using Context context = Context.Create(builder => builder.CPU(new CPUDevice(2, 1, 1)));
        using Accelerator simulator = context.CreateCPUAccelerator(0);
        using MemoryBuffer1D<double, Stride1D.Dense> memory = simulator.Allocate1D(numbers);
        MethodInfo method = typeof(MachineTests).GetMethod(kernel, BindingFlags.Static | BindingFlags.NonPublic)!;
        new PtxMachine(seed).Launch(PtxKernel.Parse(PtxText.Of(method)), 1, Threads, memory.View.BaseView);
        return memory.GetAsArray1D();
    }
}
