using Newtonsoft.Json.Linq;
using Retell.Spec.Model;

namespace Retell.SpecTool.Diff;

/// <summary>Compares what the document says of an operation and no C# follows from: tags, security, servers, media types, other answers.</summary>
internal sealed class DetailComparer(Comparison comparison, ApiOperation before, ApiOperation after, Spot spot)
{
    private readonly OperationDetails _old = comparison.FactsBefore!.Operation(before);
    private readonly OperationDetails _now = comparison.FactsAfter!.Operation(after);

    private Findings Findings => comparison.Findings;

    public void Run()
    {
        if (!_old.Tags.SequenceEqual(_now.Tags))
        {
            Findings.Add(Rules.OperationTagsChanged, spot, $"tags {Comparison.List(_old.Tags)} → {Comparison.List(_now.Tags)}");
        }

        // What holds for the whole document is compared there.
        if (_old.Security is not null || _now.Security is not null)
        {
            SecurityComparer.Compare(_old.Security ?? comparison.FactsBefore!.Security, _now.Security ?? comparison.FactsAfter!.Security, Findings, spot);
        }

        DocumentComparer.CompareServers(_old.Servers, _now.Servers, Findings, spot);
        CompareBodies();
        CompareStatuses();
    }

    private void CompareBodies()
    {
        if (before.Body is null || after.Body is null)
        {
            return;
        }

        // The first that the SDK knows is sent, and the model says when it is another one.
        string[] sent = before.BodyType != after.BodyType ? [before.BodyType, after.BodyType] : [];
        Spot body = spot with { Side = Sides.Request, Place = spot.Place + "/requestBody" };
        AddEach(_old.BodyMediaTypes.Except(sent), _now.BodyMediaTypes.Except(sent), Rules.BodyMediaTypeAdded, Rules.BodyMediaTypeRemoved, body, "the body may be ");
    }

    private void CompareStatuses()
    {
        static bool IsSuccess(string status) => status.StartsWith('2');
        Spot answers = spot with { Side = Sides.Response, Place = spot.Place + "/responses" };
        if (before.Status != after.Status)
        {
            Findings.Add(Rules.SuccessStatusChanged, answers, $"success is {before.Status} → {after.Status}");
        }

        string[] main = [$"{before.Status}", $"{after.Status}"];
        List<string> old = [.. _old.Answers.Keys.Except(main)];
        List<string> now = [.. _now.Answers.Keys.Except(main)];
        AddEach(old.Where(IsSuccess), now.Where(IsSuccess), Rules.SuccessStatusAdded, Rules.SuccessStatusRemoved, answers, "the answer may be ");
        AddEach(old.Where(s => !IsSuccess(s)), now.Where(s => !IsSuccess(s)), Rules.ErrorStatusAdded, Rules.ErrorStatusRemoved, answers, "the answer may be ");

        foreach (string status in old.Intersect(now).Where(s => !IsSuccess(s) && !JToken.DeepEquals(_old.Answers[s].Body, _now.Answers[s].Body)))
        {
            Findings.Add(Rules.ErrorBodyChanged, answers, $"the body of the error {status} has another shape");
        }

        AnswerDetails? success = _old.Answers.GetValueOrDefault(main[0]);
        AnswerDetails? current = _now.Answers.GetValueOrDefault(main[1]);
        if (success is not null && current is not null)
        {
            AddEach(success.Headers, current.Headers, Rules.ResponseHeaderAdded, Rules.ResponseHeaderRemoved, answers, "the answer may have the header ");
            string[] read = (before.Response is null) != (after.Response is null) ? ["application/json"] : [];
            AddEach(success.MediaTypes.Except(read), current.MediaTypes.Except(read), Rules.ResponseMediaTypeAdded, Rules.ResponseMediaTypeRemoved, answers, "the answer may be ");
        }
    }

    private void AddEach(IEnumerable<string> old, IEnumerable<string> now, Rule added, Rule removed, Spot at, string what)
    {
        foreach (string value in now.Except(old))
        {
            Findings.Add(added, at, $"{what}{value} now");
        }

        foreach (string value in old.Except(now))
        {
            Findings.Add(removed, at, $"{what.Replace("may ", "can no longer ", StringComparison.Ordinal)}{value}");
        }
    }
}
