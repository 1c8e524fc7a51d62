namespace Retell.Testing;

/// <summary>The response of the fake to the ID of an object that was never created or seeded.</summary>
public enum FakeUnknownIds
{
    /// <summary>
    /// A sample with this ID, so that a test needs no setup. Once an object of the same kind was created or seeded, other IDs of this kind are not
    /// found.
    /// </summary>
    Sample,

    /// <summary>
    /// The error of the API: status 422, or 404 for newer kinds of objects. Lists are empty until something was created or seeded, and calls and
    /// chats need an agent that exists if they name one.
    /// </summary>
    NotFound,
}
