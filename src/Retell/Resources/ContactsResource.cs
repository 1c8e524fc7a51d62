using Retell.Models;

namespace Retell;

public partial class ContactsResource
{
    /// <summary>Creates a contact.</summary>
    /// <param name="phoneNumber">The phone number, in E.164 format such as <c>+14157774444</c>.</param>
    /// <param name="firstName">The first name, or null.</param>
    /// <param name="lastName">The last name, or null.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The created contact.</returns>
    /// <exception cref="ArgumentException"><paramref name="phoneNumber"/> is not a valid E.164 phone number.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /create-contact</c> (<c>createContact</c>).</remarks>
    public virtual Task<Contact> CreateAsync(
        string phoneNumber,
        string? firstName = null,
        string? lastName = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CreateAsync(
            Made(new CreateContactRequest
            {
                PhoneNumber = PhoneNumber(phoneNumber),
                FirstName = firstName,
                LastName = lastName,
            }),
            options: options,
            cancellationToken: cancellationToken);

    /// <summary>Uploads a file to import contacts from.</summary>
    /// <param name="file">The file, with one contact per line.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The ID of the upload, for <see cref="CreateImportAsync(string, IEnumerable{CrmSyncMapping}, RequestOptions?, CancellationToken)"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="file"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /upload-contact-import-file</c> (<c>uploadContactImportFile</c>).</remarks>
    public virtual Task<ContactImportUpload> UploadImportFileAsync(RetellFile file, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        UploadImportFileAsync(Made(new UploadContactImportFileRequest { File = NotNull(file) }), options: options, cancellationToken: cancellationToken);

    /// <summary>Starts an import of contacts from an uploaded file.</summary>
    /// <param name="uploadId">The ID of the upload, as returned by <see cref="UploadImportFileAsync(RetellFile, RequestOptions?, CancellationToken)"/>.</param>
    /// <param name="columnMapping">The mapping from columns of the file to fields of contacts.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The status of the import. <see cref="GetImportAsync"/> returns it later.</returns>
    /// <exception cref="ArgumentException"><paramref name="uploadId"/> is null or empty, or <paramref name="columnMapping"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /create-contact-import</c> (<c>createContactImport</c>).</remarks>
    public virtual Task<JobStatus> CreateImportAsync(
        string uploadId,
        IEnumerable<CrmSyncMapping> columnMapping,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CreateImportAsync(
            Made(new CreateContactImportRequest
            {
                UploadId = NotEmpty(uploadId),
                ColumnMapping = ListOf(NotNull(columnMapping)),
            }),
            options: options,
            cancellationToken: cancellationToken);

    /// <summary>Starts to fill fields of contacts from the analysis of earlier calls.</summary>
    /// <param name="attributes">The names of the fields to fill, at most 200.</param>
    /// <param name="filter">The filter for the calls to use, or null for all calls.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The status of the backfill. <see cref="GetBackfillStatusAsync"/> returns it later.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="attributes"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /backfill-contact-analysis-data</c> (<c>backfillContactAnalysisData</c>).</remarks>
    public virtual Task<JobStatus> BackfillAnalysisAsync(
        IEnumerable<string> attributes,
        BackfillCallFilter? filter = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        BackfillAnalysisAsync(
            Made(new BackfillContactAnalysisDataRequest
            {
                BackfillAttributes = ListOf(NotNull(attributes)),
                BackfillCallFilter = filter,
            },
            (nameof(BackfillContactAnalysisDataRequest.BackfillAttributes), nameof(attributes)),
            (nameof(BackfillContactAnalysisDataRequest.BackfillCallFilter), nameof(filter))),
            options: options,
            cancellationToken: cancellationToken);
}
