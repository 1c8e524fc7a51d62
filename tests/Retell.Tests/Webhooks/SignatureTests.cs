using System.Text;
using Retell.Tests.Support;
using Retell.Webhooks;

namespace Retell.Tests.Webhooks;

/// <summary>Whether a request is from Retell.</summary>
internal sealed class SignatureTests
{
    private const string Key = "key_test_0123456789";
    private const long Signed = 1700000000000;
    private const string Body = """{"event":"call_ended","call":{"call_id":"abc","note":"é✓"}}""";
    private const string BodyDigest = "7ebaf6f2654e47ef58d86a95b34d9fe128dc1925c3abad58386096b72f5404ba";
    private const string EmptyDigest = "ae79294ad5e41f636ccbde97f8d69322dc66d5c71c57eb8654090ba193e7a476";
    private const string Signature = "v=1700000000000,d=" + BodyDigest;

    [TestCase(Body, BodyDigest)]
    [TestCase("", EmptyDigest)]
    public void Sign_and_Verify_match_known_signatures(string body, string digest)
    {
        string signature = RetellWebhook.Sign(body, Key, DateTimeOffset.FromUnixTimeMilliseconds(Signed));

        Assert.That(signature, Is.EqualTo($"v={Signed},d={digest}"));
        Assert.That(RetellWebhook.Verify(body, signature, Key, At(0)), Is.True);
        Assert.That(RetellWebhook.Verify(Encoding.UTF8.GetBytes(body), signature, Key, At(0)), Is.True);
    }

    [Test]
    public void Verify_accepts_signature_created_now() => Assert.That(RetellWebhook.Verify(Body, RetellWebhook.Sign(Body, Key), Key), Is.True);

    [TestCase(300000, true)]
    [TestCase(-300000, true)]
    [TestCase(300001, false)]
    [TestCase(-300001, false)]
    public void Verify_accepts_five_minutes_of_clock_difference(long milliseconds, bool valid) =>
        Assert.That(RetellWebhook.Verify(Body, Signature, Key, At(milliseconds)), Is.EqualTo(valid));

    [TestCase("V=1700000000000,D=" + BodyDigest)]
    [TestCase("v=1700000000000,d=7EBAF6F2654E47EF58D86A95B34D9FE128DC1925C3ABAD58386096B72F5404BA")]
    public void Verify_ignores_case_of_signature(string signature) => Assert.That(RetellWebhook.Verify(Body, signature, Key, At(0)), Is.True);

    [TestCase(null)]
    [TestCase("")]
    [TestCase("v=1700000000000")]
    [TestCase("d=" + BodyDigest)]
    [TestCase("d=" + BodyDigest + ",v=1700000000000")]
    [TestCase("v=,d=" + BodyDigest)]
    [TestCase("v=-1700000000000,d=" + BodyDigest)]
    [TestCase("v= 1700000000000,d=" + BodyDigest)]
    [TestCase("v=1700000000000, d=" + BodyDigest)]
    [TestCase("v=1700000000000,d=" + BodyDigest + " ")]
    [TestCase("v=1700000000000,d=" + BodyDigest + "00")]
    [TestCase("v=1700000000000,d=7ebaf6f2654e47ef58d86a95b34d9fe128dc1925c3abad58386096b72f5404b")]
    [TestCase("v=1700000000000,d=7ebaf6f2654e47ef58d86a95b34d9fe128dc1925c3abad58386096b72f5404bg")]
    [TestCase("v=1700000000000,d=7ebaf6f2654e47ef58d86a95b34d9fe128dc1925c3abad58386096b72f5404bb")]
    [TestCase("v=1700000000001,d=" + BodyDigest)]
    [TestCase("v=99999999999999999999999999,d=" + BodyDigest)]
    [TestCase("v=9223372036854775807,d=" + BodyDigest)]
    [TestCase("v=\u0661700000000000,d=" + BodyDigest)]
    [TestCase("v=1700000000000,d=")]
    [TestCase("v=1700000000000;d=" + BodyDigest)]
    [TestCase(",")]
    [TestCase("v=,d=")]
    public void Verify_invalid_signature_returns_false(string? signature)
    {
        Assert.That(RetellWebhook.Verify(Body, signature, Key, At(0)), Is.False);
        Assert.That(() => RetellWebhook.Parse(Body, signature, Key, At(0)), Throws.InstanceOf<RetellWebhookSignatureException>().With.Message.Not.Contains(Key));
    }

    [TestCase("v=1700000000000")]
    [TestCase("d=" + BodyDigest)]
    [TestCase(",d=" + BodyDigest)]
    [TestCase("v,d=" + BodyDigest)]
    [TestCase("w=1700000000000,d=" + BodyDigest)]
    [TestCase("v:1700000000000,d=" + BodyDigest)]
    [TestCase("v=1700000000000,e=" + BodyDigest)]
    [TestCase("v=1700000000000,d:" + BodyDigest)]
    [TestCase("v=,d=" + BodyDigest)]
    [TestCase("v=17000000000o0,d=" + BodyDigest)]
    [TestCase("v=1700000000/00,d=" + BodyDigest)]
    [TestCase("v=1700000000:00,d=" + BodyDigest)]
    [TestCase("v=1700000000000,d=" + BodyDigest + "0")]
    [TestCase("v=1700000000000,d=/ebaf6f2654e47ef58d86a95b34d9fe128dc1925c3abad58386096b72f5404ba")]
    [TestCase("v=1700000000000,d=:ebaf6f2654e47ef58d86a95b34d9fe128dc1925c3abad58386096b72f5404ba")]
    [TestCase("v=1700000000000,d=gebaf6f2654e47ef58d86a95b34d9fe128dc1925c3abad58386096b72f5404ba")]
    [TestCase("v=1700000000000,d=`ebaf6f2654e47ef58d86a95b34d9fe128dc1925c3abad58386096b72f5404ba")]
    [TestCase("v")]
    [TestCase("v=1,")]
    [TestCase("v=1,d")]
    public void Parse_malformed_signature_throws_with_expected_form(string signature) => Assert.That(
        () => RetellWebhook.Parse(Body, signature, Key, At(0)),
        Throws.InstanceOf<RetellWebhookSignatureException>().With.Message.Contains("is not of the form"));

    [TestCase("v=1700000000000,d=0ebaf6f2654e47ef58d86a95b34d9fe128dc1925c3abad58386096b72f5404ba")]
    [TestCase("v=1700000000000,d=7ebaf6f2654e47ef58d86a95b34d9fe128dc1925c3abad58386096b72f5404b9")]
    [TestCase("v=1700000000000,d=ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [TestCase("v=0,d=9999999999999999999999999999999999999999999999999999999999999999")]
    [TestCase("v=9,d=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Parse_wrong_signature_throws_does_not_match(string signature) => Assert.That(
        () => RetellWebhook.Parse(Body, signature, Key, At(0)),
        Throws.InstanceOf<RetellWebhookSignatureException>().With.Message.Contains("does not match"));

    [TestCase("key_test_0123456788")]
    [TestCase("other")]
    public void Verify_with_another_key_returns_false(string key) => Assert.That(RetellWebhook.Verify(Body, Signature, key, At(0)), Is.False);

    [Test]
    public void Verify_reformatted_body_returns_false() =>
        Assert.That(RetellWebhook.Verify(Body.Replace(":", ": ", StringComparison.Ordinal), Signature, Key, At(0)), Is.False);

    [Test]
    public void Parse_invalid_signature_throws_with_reason()
    {
        Assert.That(() => RetellWebhook.Parse(Body, null, Key), Throws.InstanceOf<RetellException>().With.Message.Contains("X-Retell-Signature is missing"));
        Assert.That(() => RetellWebhook.Parse(Body, "x", Key), Throws.InstanceOf<RetellException>().With.Message.Contains("v=<milliseconds>,d=<64 hex digits>"));
        Assert.That(() => RetellWebhook.Parse(Body, Signature, "key_2", At(0)), Throws.InstanceOf<RetellException>().With.Message.Contains("webhook badge"));
        Assert.That(() => RetellWebhook.Parse(Body, Signature, Key, At(360000)), Throws.InstanceOf<RetellException>().With.Message.Contains("360 s ago"));
        Assert.That(() => RetellWebhook.Parse(Body, Signature, Key, At(-360000)), Throws.InstanceOf<RetellException>().With.Message.Contains("360 s in the future"));
    }

    [Test]
    public void Verify_and_Parse_use_exact_bytes_of_body()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Body);
        string signature = RetellWebhook.Sign(bytes, Key, DateTimeOffset.FromUnixTimeMilliseconds(Signed));
        byte[] withMark = [0xEF, 0xBB, 0xBF, .. bytes];
        byte[] otherEscape = Encoding.UTF8.GetBytes(Body.Replace("é", "\\u00e9", StringComparison.Ordinal));

        Assert.That(signature, Is.EqualTo(Signature));
        Assert.That(RetellWebhook.Sign(bytes.AsSpan(), Key, DateTimeOffset.FromUnixTimeMilliseconds(Signed)), Is.EqualTo(Signature));
        Assert.That(RetellWebhook.Verify(bytes.AsSpan(), Signature, Key, At(0)), Is.True);
        Assert.That((string?)RetellWebhook.Parse(bytes, Signature, Key, At(0)).Json["call"]!["note"], Is.EqualTo("é✓"));
        Assert.That((string?)RetellWebhook.Parse(bytes.AsSpan(), Signature, Key, At(0)).Json["call"]!["note"], Is.EqualTo("é✓"));
        Assert.That((string?)RetellWebhook.Parse(withMark).Json["event"], Is.EqualTo("call_ended"));
        foreach (byte[] other in new[] { withMark, otherEscape, [.. bytes, (byte)'\n'], bytes[..^1] })
        {
            Assert.That(RetellWebhook.Verify(other, Signature, Key, At(0)), Is.False);
            Assert.That(() => RetellWebhook.Parse(other, Signature, Key, At(0)), Throws.InstanceOf<RetellWebhookSignatureException>());
            Assert.That(() => RetellWebhook.Parse(other.AsSpan(), Signature, Key, At(0)), Throws.InstanceOf<RetellWebhookSignatureException>());
        }

        Assert.That(() => RetellWebhook.Parse("[]"u8.ToArray()), Throws.InstanceOf<RetellSerializationException>());
        Assert.That(() => RetellWebhook.Parse([0xFF, 0xFE]), Throws.InstanceOf<RetellSerializationException>());
    }

    [Test]
    public void Verify_Sign_and_Parse_invalid_arguments_throw()
    {
        Assert.That(() => RetellWebhook.Verify((string)null!, Signature, Key), Throws.ArgumentNullException);
        Assert.That(() => RetellWebhook.Verify((byte[])null!, Signature, Key), Throws.ArgumentNullException);
        Assert.That(() => RetellWebhook.Verify(Body, Signature, null!), Throws.ArgumentNullException);
        Assert.That(() => RetellWebhook.Verify(Body, Signature, " "), Throws.ArgumentException);
        Assert.That(() => RetellWebhook.Sign(Body, ""), Throws.ArgumentException);
        Assert.That(() => RetellWebhook.Parse((string)null!), Throws.ArgumentNullException);
    }

    private static FixedTime At(long millisecondsLater) => new(DateTimeOffset.FromUnixTimeMilliseconds(Signed + millisecondsLater));
}
