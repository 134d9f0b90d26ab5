using System.Text;

namespace Squelch.Tool;

/// <summary>Gathers what one message says. Texts that follow each other are one; results of tools among them become turns of their own.</summary>
internal sealed class Saying(Chat chat, string role, double? time)
{
    private readonly StringBuilder _text = new();
    private readonly List<string> _pieces = [];
    private bool _hasSaid;

    public void Text(string text) => _text.Append(text);

    /// <summary>Adds pieces that stand for themselves, such as calls.</summary>
    public void Add(IEnumerable<string> pieces)
    {
        CloseText();
        _pieces.AddRange(pieces.Where(piece => piece.Length > 0));
    }

    /// <summary>Adds what a tool gave back.</summary>
    public void Result(string text)
    {
        EndPart();
        chat.Say(Roles.Tool, text.Length > 0 ? [text] : [], time);
        _hasSaid = true;
    }

    /// <summary>Ends a message, which may be empty.</summary>
    public void End()
    {
        CloseText();
        if (_pieces.Count > 0 || !_hasSaid)
        {
            chat.Say(role, _pieces, time);
        }
    }

    /// <summary>Ends what is part of a message: it is nothing where it is empty.</summary>
    public void EndPart()
    {
        CloseText();
        if (_pieces.Count > 0)
        {
            chat.Say(role, _pieces, time);
            _pieces.Clear();
            _hasSaid = true;
        }
    }

    private void CloseText()
    {
        if (_text.Length > 0)
        {
            _pieces.Add(_text.ToString());
            _text.Clear();
        }
    }
}
