// The words of the API as the pages use them: the shapes the server describes itself, under the pages' names. Only
// forms are typed here: to the OpenAPI document a form is any JSON.
import type { components } from './generated/schema';
import type { FormSchema } from './types_of_forms';

export type * from './types_of_forms';

type Shapes = components['schemas'];

export type ServicePage = Shapes['ServiceList'];
export type ServiceRow = Shapes['ServiceRow'];
export type Service = Shapes['ServiceAnswer'];
export type AppliedFor = Shapes['AppliedForShape'];
export type Site = Shapes['SiteView'];
export type PlaceStep = Shapes['StepView'];
export type Place = Shapes['PlaceAnswer'];
export type CodeTarget = Shapes['CodeAnswer'];
export type Category = Shapes['CategoryAnswer'];
export type TakeIn = Shapes['TakeInShape'];
export type TakenIn = Shapes['TakenInShape'];
export type Certificate = Shapes['CertificateShape'];
export type Receipt = Shapes['ReceiptShape'];
export type Tracked = Shapes['TrackShape'];
export type Opened = Shapes['OpenedShape'];
export type Matter = Shapes['MatterShape'];
export type Tone = Matter['tone'];
export type Clock = Shapes['ClockShape'];
export type Why = Shapes['WhyShape'];
export type Part = Shapes['PartShape'];
export type Entry = Shapes['EntryShape'];
export type EntryField = Shapes['EntryFieldShape'];
export type ActRequest = Shapes['ActShape'];
export type Acted = Shapes['ActedShape'];
export type Row = Shapes['RowShape'];
export type RowPage = Shapes['RowPage'];
export type Found = Shapes['FoundShape'];
export type FoundPage = Shapes['FoundPage'];
export type Note = Shapes['NoteShape'];
export type NoteList = Shapes['NoteList'];
export type UnreadNotes = Shapes['UnreadNotes'];
export type Similar = Shapes['SimilarShape'];
export type Session = Shapes['SessionAnswer'];
export type Person = Shapes['PersonAnswer'];
export type PostView = Shapes['PostAnswer'];
export type PostPage = Shapes['PostList'];
export type PostHistory = Shapes['PostHistoryAnswer'];
export type AppointIn = Shapes['AppointmentAsked'];
export type Appointed = Shapes['AppointedAnswer'];
export type EndIn = Shapes['EndAsked'];
export type PlaceHistory = Shapes['PlaceHistoryAnswer'];
export type RenameIn = Shapes['RenameAsked'];
export type MoveIn = Shapes['MoveAsked'];
export type MergeIn = Shapes['MergeAsked'];
export type SplitIn = Shapes['SplitAsked'];
export type CloseIn = Shapes['CloseAsked'];
export type ProposedPage = Shapes['ChangesAnswer'];
export type Rates = Shapes['RatesJson'];
export type Rate = Shapes['RateJson'];
export type Kinds = Shapes['KindsJson'];
export type KindFlow = Shapes['FlowJson'];
export type StateFlow = Shapes['StateJson'];
export type VersionStanding = Shapes['VersionStandingShape'];
export type MovesIn = Shapes['MovesIn'];
export type Moves = Shapes['MovesShape'];
export type Stayed = Shapes['StayedShape'];
export type Ballot = Shapes['BallotShape'];
export type Board = Shapes['BoardJson'];
export type Door = Shapes['DoorAnswer'];
export type LogHead = Shapes['LogHeadView'];
export type Limits = Shapes['LimitsView'];
export type PostLists = Shapes['PostListsView'];
export type Notice = Shapes['NoticeShape'];
export type Published = Shapes['PublishedShape'];
export type BreachList = Shapes['BreachesAnswer'];
export type Proposal = Shapes['ProposalAnswer'];

export type Action = Omit<Shapes['OfferShape'], 'form'> & { form: FormSchema };

/** What came back instead of an answer; an error page of something in between has a status only. */
export type Problem = Pick<Shapes['Problem'], 'status' | 'code'> & Partial<Shapes['Problem']>;

export interface Upload {
  id: string;
  type: string;
  bytes: number;
}
export type Start = Omit<Shapes['StartShape'], 'form'> & { form: FormSchema };
