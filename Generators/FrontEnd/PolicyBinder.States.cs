using Microsoft.CodeAnalysis;
using Squelch.Generators.Ir;

namespace Squelch.Generators.FrontEnd;

/// <content>Policy states: the methods that write them.</content>
internal sealed partial class PolicyBinder
{
    private static readonly (string Attribute, UpdateEvents At)[] s_events = [("OnInsertAttribute", UpdateEvents.Insert), ("OnHitAttribute", UpdateEvents.Hit), ("OnEvictAttribute", UpdateEvents.Evict)];

    /// <summary>Each method that writes a policy state, with that state's name and the events at which it does, in the order of declaration.</summary>
    private List<(IMethodSymbol Method, string State, UpdateEvents At)> StateWriters()
    {
        var writers = new List<(IMethodSymbol Method, string State, UpdateEvents At)>();
        foreach (IMethodSymbol method in _members.OfType<IMethodSymbol>())
        {
            var written = s_events
                .Select(item => (item.At, Attribute: Attributes.Find(method, item.Attribute)))
                .Where(item => item.Attribute is not null && (item.At == UpdateEvents.Evict || item.Attribute.Argument(0) is string))
                .GroupBy(item => item.Attribute!.Argument(0) as string ?? "", item => item.At);
            writers.AddRange(written.Select(group => (method, group.Key, group.Aggregate((all, one) => all | one))));
        }

        return writers;
    }

    private StateUpdateModel? StateUpdate(
        (IMethodSymbol Method, string State, UpdateEvents At) writer,
        FormulaLowering lowering,
        List<(IPropertySymbol Property, AttributeData Attribute)> states,
        List<(IMethodSymbol Method, AttributeData Attribute)> features)
    {
        (IMethodSymbol method, string state, UpdateEvents at) = writer;
        if (states.All(pair => pair.Property.Name != state))
        {
            Add(Unknown(RuleIds.UnknownState, method, state, states.Select(pair => pair.Property.Name)));
            return null;
        }

        FormulaMoment moment = at switch
        {
            UpdateEvents.Insert => FormulaMoment.Insertion,
            UpdateEvents.Evict => FormulaMoment.Eviction,
            _ => FormulaMoment.Any,
        };
        int place = Array.IndexOf(_members, method);
        int after = features.GroupBy(pair => pair.Method.Name).Count(group => Array.IndexOf(_members, group.First().Method) < place);
        return Lower(method, lowering, moment) is { } body ? Noted(new StateUpdateModel(state, method.Name, Source(method), body, at, after), method) : null;
    }

    /// <summary>One method writes a policy state at an event, and a method with an event writes something.</summary>
    private void CheckWriters()
    {
        var writers = StateWriters();
        foreach ((_, UpdateEvents at) in s_events)
        {
            foreach (var same in writers.Where(writer => (writer.At & at) != 0).GroupBy(writer => writer.State))
            {
                foreach ((IMethodSymbol method, _, _) in same.Skip(1))
                {
                    Add(Problem.At(RuleIds.MethodShape, method, method.Name, "another method gives '" + same.Key + "' its new value already"));
                }
            }
        }

        // Otherwise a feature's second method would silently never be called.
        foreach (IMethodSymbol method in Methods("OnInsertAttribute").Concat(Methods("OnHitAttribute")).Select(pair => pair.Method).Distinct<IMethodSymbol>(SymbolEqualityComparer.Default))
        {
            bool feature = Attributes.Find(method, "FeatureAttribute") is not null;
            bool named = s_events.Take(2).Select(item => Attributes.Find(method, item.Attribute)).All(attribute => attribute is null || attribute.Argument(0) is string);
            if (feature && s_events.Any(item => Attributes.Find(method, item.Attribute)?.Argument(0) is string))
            {
                Add(Problem.At(RuleIds.MethodShape, method, method.Name, "it gives a [Feature] its value, so its events name no policy state: give the state a method of its own"));
            }
            else if (!feature && !named)
            {
                Add(Problem.At(RuleIds.MethodShape, method, method.Name, "[OnInsert] and [OnHit] say when a [Feature] is computed, which it is not; to write a policy state, name it, as in [OnHit(nameof(MeanGap))]"));
            }
        }
    }
}
