using Retell.Models;

namespace Retell;

public partial class ContactsResource
{
    /// <summary>Creates a contact. Calls <c>createContact</c>.</summary>
    /// <param name="phoneNumber">The phone number, in E.164 format such as <c>+14157774444</c>.</param>
    /// <param name="firstName">The first name.</param>
    /// <param name="lastName">The last name.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The contact.</returns>
    /// <exception cref="ArgumentException"><paramref name="phoneNumber"/> is no phone number in E.164 format.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<Contact> CreateAsync(string phoneNumber, string? firstName = null, string? lastName = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateAsync(
            Made(new CreateContactRequest
            {
                PhoneNumber = PhoneNumber(phoneNumber),
                FirstName = firstName,
                LastName = lastName,
            }),
            options: options,
            cancellationToken: cancellationToken);

    /// <summary>Uploads a file to import contacts from. Calls <c>uploadContactImportFile</c>.</summary>
    /// <param name="file">The file with a contact a line.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the upload, for <see cref="CreateImportAsync(string, IEnumerable{CrmSyncMapping}, RequestOptions?, CancellationToken)"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="file"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<ContactImportUpload> UploadImportFileAsync(RetellFile file, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        UploadImportFileAsync(Made(new UploadContactImportFileRequest { File = NotNull(file) }), options: options, cancellationToken: cancellationToken);

    /// <summary>Starts to import contacts from an uploaded file. Calls <c>createContactImport</c>.</summary>
    /// <param name="uploadId">The upload, as <see cref="UploadImportFileAsync(RetellFile, RequestOptions?, CancellationToken)"/> gave it.</param>
    /// <param name="columnMapping">Which column of the file holds which field.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>How far it is; <see cref="GetImportAsync"/> says so later.</returns>
    /// <exception cref="ArgumentException"><paramref name="uploadId"/> is null or empty, or <paramref name="columnMapping"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<JobStatus> CreateImportAsync(string uploadId, IEnumerable<CrmSyncMapping> columnMapping, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateImportAsync(
            Made(new CreateContactImportRequest
            {
                UploadId = NotEmpty(uploadId),
                ColumnMapping = ListOf(NotNull(columnMapping)),
            }),
            options: options,
            cancellationToken: cancellationToken);

    /// <summary>Starts to fill fields of contacts from the analyses of earlier calls. Calls <c>backfillContactAnalysisData</c>.</summary>
    /// <param name="attributes">The fields to fill, at most 200.</param>
    /// <param name="filter">The calls to take the data from; by default all.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>How far it is; <see cref="GetBackfillStatusAsync"/> says so later.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="attributes"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<JobStatus> BackfillAnalysisAsync(IEnumerable<string> attributes, BackfillCallFilter? filter = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        BackfillAnalysisAsync(
            Made(new BackfillContactAnalysisDataRequest
            {
                BackfillAttributes = ListOf(NotNull(attributes)),
                BackfillCallFilter = filter,
            }, (nameof(BackfillContactAnalysisDataRequest.BackfillAttributes), nameof(attributes)), (nameof(BackfillContactAnalysisDataRequest.BackfillCallFilter), nameof(filter))),
            options: options,
            cancellationToken: cancellationToken);
}
