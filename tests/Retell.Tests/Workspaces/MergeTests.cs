using Newtonsoft.Json.Linq;
using Retell.Workspaces.Merge;

namespace Retell.Tests.Workspaces;

public class MergeTests
{
    [TestCase("""{"a":1,"b":1}""", """{"a":2,"b":1}""", """{"a":1,"b":2}""", """{"a":2,"b":2}""", TestName = "Different_members_are_merged")]
    [TestCase("""{"a":1}""", """{"a":2}""", """{"a":2}""", """{"a":2}""", TestName = "Equal_changes_are_no_conflict")]
    [TestCase("""{"a":1,"b":1}""", """{"b":1}""", """{"a":1,"b":2}""", """{"b":2}""", TestName = "Removed_member_stays_removed")]
    [TestCase("""{"a":{"x":1,"y":1}}""", """{"a":{"x":2,"y":1}}""", """{"a":{"x":1,"y":2}}""", """{"a":{"x":2,"y":2}}""", TestName = "Nested_members_are_merged")]
    [TestCase(
        """{"t":[{"name":"a","u":1},{"name":"b","u":1}]}""",
        """{"t":[{"name":"b","u":1},{"name":"a","u":2}]}""",
        """{"t":[{"name":"a","u":1},{"name":"n","u":1},{"name":"b","u":3}]}""",
        """{"t":[{"name":"b","u":3},{"name":"a","u":2},{"name":"n","u":1}]}""",
        TestName = "Elements_are_merged_by_name_although_reordered")]
    [TestCase("""{"t":[1,2,3]}""", """{"t":[0,1,2,3]}""", """{"t":[1,2,3,4]}""", """{"t":[0,1,2,3,4]}""", TestName = "Plain_elements_are_merged_by_position")]
    [TestCase("""{"p":"1\n2\n3\n4"}""", """{"p":"one\n2\n3\n4"}""", """{"p":"1\n2\n3\nfour"}""", """{"p":"one\n2\n3\nfour"}""", TestName = "Texts_are_merged_by_line")]
    public void Merge_without_conflict(string origin, string ours, string theirs, string expected)
    {
        var merge = new JsonMerge(ConflictChoice.Report);

        JObject merged = merge.Merge(JObject.Parse(origin), JObject.Parse(ours), JObject.Parse(theirs));

        Assert.That(merge.Conflicts, Is.Empty);
        Assert.That(merged.ToString(), Is.EqualTo(JObject.Parse(expected).ToString()).Or.EqualTo(JObject.Parse(expected).ToString()));
        Assert.That(JToken.DeepEquals(merged, JObject.Parse(expected)), Is.True, merged.ToString());
    }

    [TestCase("""{"a":1}""", """{"a":2}""", """{"a":3}""", "a")]
    [TestCase("""{"a":1}""", "{}", """{"a":3}""", "a")]
    [TestCase("""{"t":[{"id":"x","u":1}]}""", """{"t":[{"id":"x","u":2}]}""", """{"t":[{"id":"x","u":3}]}""", "t[x].u")]
    [TestCase("""{"p":"1\n2"}""", """{"p":"one\n2"}""", """{"p":"eins\n2"}""", "p")]
    public void Merge_of_the_same_member_is_a_conflict(string origin, string ours, string theirs, string path)
    {
        JObject[] sides = [JObject.Parse(origin), JObject.Parse(ours), JObject.Parse(theirs)];
        var merge = new JsonMerge(ConflictChoice.Report);
        merge.Merge(sides[0], sides[1], sides[2]);

        Assert.That(merge.Conflicts, Is.EqualTo(new[] { path }));
        Assert.That(JToken.DeepEquals(new JsonMerge(ConflictChoice.Ours).Merge(sides[0], sides[1], sides[2]), sides[1]), Is.True);
        Assert.That(JToken.DeepEquals(new JsonMerge(ConflictChoice.Theirs).Merge(sides[0], sides[1], sides[2]), sides[2]), Is.True);
    }

    [Test]
    public void UnifiedDiff_shows_changed_lines_with_context()
    {
        string before = string.Join('\n', Enumerable.Range(1, 12));
        string after = before.Replace("\n6\n", "\nsix\n", StringComparison.Ordinal);

        Assert.That(TextLines.UnifiedDiff(before, after), Is.EqualTo("@@ -3,7 +3,7 @@\n 3\n 4\n 5\n-6\n+six\n 7\n 8\n 9\n"));
    }

    [Test]
    public void SequenceMerge_of_random_disjoint_edits_keeps_all()
    {
        var random = new Random(1);
        for (int round = 0; round < 300; round++)
        {
            List<int> origin = [.. Enumerable.Range(0, 40)];
            List<int> ours = [.. origin];
            List<int> theirs = [.. origin];
            int split = random.Next(15, 25);
            ours[random.Next(0, split - 2)] = 100;
            ours.Insert(random.Next(0, split - 2), 101);
            theirs.RemoveAt(random.Next(split + 1, 40));
            List<int> expected = [.. ours.Take(ours.IndexOf(split) + 1), .. theirs.Skip(theirs.IndexOf(split) + 1)];

            Assert.That(SequenceMerge.Of(origin, ours, theirs, EqualityComparer<int>.Default), Is.EqualTo(expected), $"round {round}");
        }
    }
}
